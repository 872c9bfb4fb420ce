/** What the loader hands to a payload: {@link k23.sdk.boot.BootInfo} and the per-hart blocks. */
package k23.sdk.boot;
