/**
 * Memory: physical frames, the map through which the kernel sees them, programs' address spaces.
 *
 * <p>{@link k23.kernel.memory.Frames} hands out physical memory, {@link
 * k23.kernel.memory.PhysicalMap} tells where the kernel sees it, {@link
 * k23.kernel.memory.AddressSpace} arranges it for a program, {@link
 * k23.kernel.memory.RegionMemory} gives it to {@code new}.
 *
 * {@snippet :
 * AddressSpace space = AddressSpace.create();
 * boolean fits = space.load(0x10000, code, code.length(), Protection.READ_EXECUTE);
 * Reservation memory = space.reserve(1L << 32, 8L << 30, Protection.READ_WRITE);
 * memory.commit(64 << 10);       // pages come when they are touched
 * space.activate();
 * }
 */
@RawAccessAllowed(reason = "it edits page tables, clears frames, and sets the address space")
package k23.kernel.memory;

import k23.sdk.RawAccessAllowed;
