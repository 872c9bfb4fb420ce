/**
 * UEFI as the loader meets it (UEFI specification 2.10): typed views of the firmware's structures,
 * and {@link k23.loader.efi.Uefi}, which asks what the boot needs and then ends the firmware's boot
 * services. From there on the machine is as an SBI boot finds it.
 */
package k23.loader.efi;
