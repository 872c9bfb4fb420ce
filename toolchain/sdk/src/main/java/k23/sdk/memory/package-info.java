/**
 * Raw access to memory and devices: the intrinsics below the word types, and regions, where
 * objects live. Ordinary code uses {@link k23.sdk.word.Address} and {@link k23.sdk.word.Span}.
 */
package k23.sdk.memory;
