package k23.runtime.program;

import k23.kernel.memory.AddressSpace;
import k23.kernel.memory.Frames;
import k23.kernel.memory.Protection;
import k23.kernel.memory.Reservation;
import k23.kernel.trap.Cause;
import k23.kernel.trap.UserContext;
import k23.kernel.trap.UserMode;
import k23.sdk.memory.Region;
import k23.sdk.word.Span;

/** A program's address space and thread as the kernel has them. */
public final class KernelSpace implements UserSpace {
    private final AddressSpace space;
    private final UserContext context;
    private final Reservation[] reservations = new Reservation[AddressSpace.MAX_RESERVATIONS];
    private int reservationCount;
    private AddressSpace.Access access = new AddressSpace.Access(0);

    /** Takes an empty address space and makes it the hart's. */
    public KernelSpace(AddressSpace space) {
        this.space = space;
        context = new UserContext(Region.allocate(UserContext.BYTES));
        space.activate();
    }

    @Override
    public boolean load(long address, Span contents, long memBytes, boolean writable,
            boolean executable) {
        Protection protection = Protection.READ;
        if (writable) {
            protection = Protection.READ_WRITE;
        } else if (executable) {
            protection = Protection.READ_EXECUTE;
        }
        return space.load(address, contents, memBytes, protection);
    }

    @Override
    public int reserve(long address, long bytes) {
        reservations[reservationCount] = space.reserve(address, bytes, Protection.READ_WRITE);
        reservationCount++;
        return reservationCount - 1;
    }

    /** Frames come when they are touched; growth that can never have any is refused at once. */
    @Override
    public boolean commit(int reservation, long bytes) {
        Reservation grown = reservations[reservation];
        long more = bytes - grown.committedBytes();
        return more / Frames.BYTES <= Frames.free() && grown.commit(bytes);
    }

    @Override
    public void open() {
        access = AddressSpace.access();
    }

    @Override
    public void close() {
        access.close();
    }

    @Override
    public int run() {
        while (true) {
            long cause = UserMode.run(context);
            if (cause == Cause.USER_CALL) {
                return CALL;
            }
            if (cause == Cause.ILLEGAL_INSTRUCTION) {
                return ILLEGAL;
            }
            if (Cause.isPageFault(cause)) {
                AddressSpace.Fault fault = space.handleFault(context.value(), cause);
                if (fault == AddressSpace.Fault.REFUSED) {
                    return FAULT;
                }
                if (fault == AddressSpace.Fault.OUT_OF_MEMORY) {
                    return NO_MEMORY;
                }
            } else if (cause == Cause.TIMER) {
                return INTERRUPTED;
            } else if (cause >= 0) {
                return OTHER;
            }
        }
    }

    @Override
    public long faultAddress() {
        return context.value();
    }

    @Override
    public long pc() {
        return context.pc();
    }

    @Override
    public void pc(long value) {
        context.pc(value);
    }

    @Override
    public long register(int number) {
        return context.register(number);
    }

    @Override
    public void register(int number, long value) {
        context.register(number, value);
    }
}
