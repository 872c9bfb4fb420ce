/**
 * Word types: records of one {@code long} that cost nothing and cannot be mixed up.
 *
 * <p>{@link k23.sdk.word.Address} is dereferenced in the current address space,
 * {@link k23.sdk.word.PhysAddress} names a physical byte and cannot be dereferenced,
 * {@link k23.sdk.word.Mmio} is a device's registers, {@link k23.sdk.word.Span} a bounds-checked
 * range of raw memory. All comparisons are unsigned.
 */
@RawAccessAllowed(reason = "the word types are the safe alternatives to raw access")
package k23.sdk.word;

import k23.sdk.RawAccessAllowed;
