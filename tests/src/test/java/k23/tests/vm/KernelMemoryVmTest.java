package k23.tests.vm;

import k23.junit.KernelTest;
import k23.junit.guest.Check;
import k23.kernel.memory.AddressSpace;
import k23.kernel.memory.Frames;
import k23.kernel.memory.PhysicalMap;
import k23.kernel.memory.Protection;
import k23.kernel.memory.RegionMemory;
import k23.kernel.memory.Reservation;
import k23.kernel.trap.Cause;
import k23.sdk.Log;
import k23.sdk.Paging;
import k23.sdk.boot.BootInfo;
import k23.sdk.memory.Region;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;

/** The kernel's memory: frames, regions, address spaces. */
final class KernelMemoryVmTest {
    private static final long USER = 0x10000;
    private static final long KERNEL_ADDRESS = 0xffff_ffc0_0000_0000L;

    private static int[] held;

    private KernelMemoryVmTest() {}

    @KernelTest
    static void blocksAreAlignedToTheirSize() {
        for (int order = 0; order <= 10; order++) {
            PhysAddress block = Frames.allocate(order);
            Check.that(!Frames.isNone(block), "out of memory");
            Check.equal(0, block.value() & (Frames.BYTES << order) - 1);
        }
    }

    @KernelTest
    static void freeingGivesEverythingBack() {
        long free = Frames.free();
        PhysAddress one = Frames.allocate(0);
        PhysAddress many = Frames.allocate(5);
        Check.equal(free - 33, Frames.free());
        Frames.free(many, 5);
        Frames.free(one, 0);
        Check.equal(free, Frames.free());
    }

    @KernelTest
    static void blocksOfOneMachineNeverOverlap() {
        PhysAddress first = Frames.allocateZeroed(1);
        PhysAddress second = Frames.allocateZeroed(1);
        RawWords.fill(PhysicalMap.at(first), Frames.BYTES * 2, 1);
        RawWords.check(PhysicalMap.at(second), Frames.BYTES * 2, 0);
    }

    @KernelTest(memoryMib = 32)
    static void allMemoryCanBeUsedAndComesBack() {
        long free = Frames.free();
        PhysAddress last = new PhysAddress(0);
        long count = 0;
        PhysAddress next = Frames.allocate(0);
        while (!Frames.isNone(next)) {
            PhysicalMap.at(next).putLong(0, last.value());
            last = next;
            count++;
            next = Frames.allocate(0);
        }
        Check.equal(free, count);
        while (!Frames.isNone(last)) {
            PhysAddress before = new PhysAddress(PhysicalMap.at(last).getLong(0));
            Frames.free(last, 0);
            last = before;
        }
        Check.equal(free, Frames.free());
        Check.that(!Frames.isNone(Frames.allocate(8)), "memory stays in pieces");
    }

    @KernelTest
    static void thereAreNoHugeBlocks() {
        Check.that(Frames.isNone(Frames.allocate(Frames.MAX_ORDER + 1)), "a block of 256 MiB");
    }

    @KernelTest(panic = "not an allocated block of that order")
    static void freeingTwicePanics() {
        PhysAddress block = Frames.allocate(2);
        Frames.free(block, 2);
        Frames.free(block, 2);
    }

    @KernelTest(panic = "not an allocated block of that order")
    static void freeingWithAnotherOrderPanics() {
        Frames.free(Frames.allocate(2), 1);
    }

    @KernelTest(panic = "not an allocated block of that order",
            console = "at KernelMemoryVmTest.freeingWhatIsNoMemoryPanics(KernelMemoryVmTest.java:")
    static void freeingWhatIsNoMemoryPanics() {
        Frames.free(new PhysAddress(0x1000_0000), 0);
    }

    @KernelTest(panic = "outside of the physical map")
    static void thePhysicalMapHasAnEnd() {
        Log.info("at " + PhysicalMap.at(new PhysAddress(1L << 50)));
    }

    @KernelTest
    static void objectsAreZeroAndTheirMemoryComesBack() {
        long free = Frames.free();
        RegionMemory memory = RegionMemory.allocate(1 << 16);
        long outer = Region.remaining();
        try (Region.Scope _ = memory.enter()) {
            held = new int[1000];
            for (int i = 0; i < held.length; i++) {
                Check.equal(0, held[i]);
            }
            Check.that(Region.remaining() < (1 << 16) - 4000, "nothing was taken");
        }
        Check.equal(outer, Region.remaining());
        held = null;
        memory.free();
        Check.equal(free, Frames.free());
    }

    @KernelTest(panic = "region is full")
    static void aFullRegionPanics() {
        RegionMemory memory = RegionMemory.allocate(1 << 12);
        try (Region.Scope _ = memory.enter()) {
            held = new int[2000];
        }
    }

    @KernelTest
    static void anAddressSpaceGivesItsFramesBack() {
        long free = Frames.free();
        AddressSpace space = AddressSpace.create();
        Check.that(space.allocate(USER, 16 * Frames.BYTES, Protection.READ_WRITE), "no memory");
        Check.that(Frames.free() <= free - 16, "nothing was taken");
        space.destroy();
        Check.equal(free, Frames.free());
    }

    private static Span buffer() {
        return RegionMemory.allocate(1 << 13).memory();
    }

    @KernelTest
    static void copiesGoThroughThePageTable() {
        AddressSpace space = AddressSpace.create();
        Check.that(space.allocate(USER, 4 * Frames.BYTES, Protection.READ_WRITE), "no memory");
        Span bytes = buffer();
        RawWords.fill(bytes.start(), bytes.length(), 7);
        Check.that(space.copyOut(bytes, USER + 100), "not writable");
        Span back = buffer();
        Check.that(space.copyIn(USER + 100, back), "not readable");
        RawWords.check(back.start(), back.length(), 7);
    }

    @KernelTest(paging = Paging.SV48)
    static void copiesOnSv48() {
        copiesGoThroughThePageTable();
    }

    @KernelTest(paging = {Paging.SV57, Paging.SV48, Paging.SV39})
    static void copiesOnTheLargestMode() {
        copiesGoThroughThePageTable();
    }

    @KernelTest
    static void whatIsReadOnlyIsNotWritten() {
        AddressSpace space = AddressSpace.create();
        Check.that(space.allocate(USER, Frames.BYTES, Protection.READ), "no memory");
        Span bytes = buffer().slice(0, 16);
        Check.that(space.copyIn(USER, bytes), "not readable");
        Check.that(!space.copyOut(bytes, USER), "writable");
        space.protect(USER, Frames.BYTES, Protection.READ_WRITE);
        Check.that(space.copyOut(bytes, USER), "not writable");
    }

    @KernelTest
    static void hostileAddressesAreRefused() {
        AddressSpace space = AddressSpace.create();
        Span bytes = buffer();
        Check.that(!space.copyIn(0, bytes), "null");
        Check.that(!space.copyIn(USER, bytes), "not mapped");
        Check.that(!space.copyIn(-1, bytes), "the last byte");
        Check.that(!space.copyIn(KERNEL_ADDRESS, bytes), "the kernel");
        Check.that(!space.copyOut(bytes, KERNEL_ADDRESS), "the kernel");
        Check.that(!space.copyIn(space.end() - 1, bytes), "over the end");
        Check.that(!space.copyIn(Long.MAX_VALUE, bytes), "overflow");
    }

    @KernelTest
    static void committedMemoryComesWhenItIsTouched() {
        AddressSpace space = AddressSpace.create();
        Reservation memory = space.reserve(USER, 1 << 20, Protection.READ_WRITE);
        Check.that(memory.commit(1 << 16), "no memory");
        Check.that(space.handleFault(USER + 5, Cause.STORE_PAGE_FAULT)
                == AddressSpace.Fault.BACKED, "not backed");
        Check.that(space.handleFault(USER + (1 << 16), Cause.LOAD_PAGE_FAULT)
                == AddressSpace.Fault.REFUSED, "not committed");
        Check.that(space.handleFault(USER + 6, Cause.FETCH_PAGE_FAULT)
                == AddressSpace.Fault.REFUSED, "executed");
        Check.that(!memory.commit(1 << 21), "more than is reserved");
    }

    @KernelTest(panic = "reservations overlap")
    static void overlappingReservationsPanic() {
        AddressSpace space = AddressSpace.create();
        space.reserve(USER, 1 << 20, Protection.READ_WRITE);
        space.reserve(USER + (1 << 19), 1 << 20, Protection.READ_WRITE);
    }

    @KernelTest(panic = "commit shrinks")
    static void shrinkingPanics() {
        Reservation memory = AddressSpace.create().reserve(USER, 1 << 20, Protection.READ);
        Check.that(memory.commit(1 << 16), "no memory");
        memory.commit(1 << 12);
    }

    @KernelTest(panic = "page is mapped already")
    static void mappingTwicePanics() {
        AddressSpace space = AddressSpace.create();
        space.allocate(USER, Frames.BYTES, Protection.READ);
        space.allocate(USER, Frames.BYTES, Protection.READ);
    }

    @KernelTest(panic = "not a range of user pages")
    static void theKernelsHalfIsNotForPrograms() {
        AddressSpace.create().allocate(KERNEL_ADDRESS, Frames.BYTES, Protection.READ);
    }

    @KernelTest(panic = "not a range of user pages")
    static void theNullPageIsNeverMapped() {
        AddressSpace.create().allocate(0, Frames.BYTES, Protection.READ);
    }

    @KernelTest
    static void usableMemoryIsTheKernels(int hart, BootInfo boot) {
        Check.inRange(120 << 8, 128 << 8, Frames.free());
        Check.equal(boot.physicalOffset(), PhysicalMap.at(new PhysAddress(0)).value());
        Address window = PhysicalMap.at(new PhysAddress(0x8020_0000L));
        Check.equal(0x8020_0000L, PhysicalMap.of(window).value());
    }
}
