package k23.loader.machine;

import k23.sdk.RawAccessAllowed;
import k23.sdk.TestDevice;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.Hart;
import k23.sdk.riscv.Sbi;
import k23.sdk.riscv.SbiResult;
import k23.sdk.word.Address;
import k23.sdk.word.Mmio;

/**
 * The calls from S-mode (SBI Specification 2.0): base, timer, interrupts, fences, states of harts,
 * reset, debug console; and of the legacy ones timer, console and shutdown.
 */
@RawAccessAllowed(reason = "it is what others call: it answers from registers and devices")
final class Services {
    /** Version 2.0. */
    private static final long SPECIFICATION = 2 << 24;
    /** Not one of the registered numbers: "k23". */
    private static final long IMPLEMENTATION = 0x6B3233;
    private static final long IMPLEMENTATION_VERSION = 1;

    private static final long LEGACY_END = 0x10;
    private static final int LEGACY_TIMER = 0;
    private static final int LEGACY_PUTCHAR = 1;
    private static final int LEGACY_GETCHAR = 2;
    private static final int LEGACY_SHUTDOWN = 8;

    private static final int SHUTDOWN = 0;
    private static final int WARM_REBOOT = 2;
    private static final long SYSTEM_FAILURE = 1;
    private static final int RESET_COMMAND = 0x7777;

    private static final SbiResult NOT_SUPPORTED = new SbiResult(SbiError.NOT_SUPPORTED, 0);

    private final Board board;
    private final HartControl control;
    private final HartRequests requests;
    /** Whether the timer of S-mode is its own (extension Sstc). */
    private boolean hasTimer;

    Services(Board board, HartControl control, HartRequests requests) {
        this.board = board;
        this.control = control;
        this.requests = requests;
    }

    /** Tells whether harts have extension Sstc. */
    void hasTimer(boolean value) {
        hasTimer = value;
    }

    /** Answers the call whose arguments are in {@code frame}. */
    void answer(TrapFrame frame) {
        long extension = frame.extension();
        if (extension >= 0 && extension < LEGACY_END) {
            frame.a0(legacy((int) extension, frame.a0()));
        } else {
            SbiResult result = call(extension, frame.function(), frame);
            frame.a0(result.error());
            frame.a1(result.value());
        }
    }

    private long legacy(int extension, long argument) {
        switch (extension) {
            case LEGACY_TIMER -> setTimer(argument);
            case LEGACY_PUTCHAR -> board.serial().write((int) argument & 0xff);
            case LEGACY_GETCHAR -> {
                return board.serial().read();
            }
            case LEGACY_SHUTDOWN -> reset(SHUTDOWN, 0);
            default -> {
                return SbiError.NOT_SUPPORTED;
            }
        }
        return 0;
    }

    private SbiResult call(long extension, long function, TrapFrame frame) {
        if (function < 0 || function > Integer.MAX_VALUE) {
            return NOT_SUPPORTED;
        }
        int number = (int) function;
        if (extension == Sbi.BASE) {
            return base(number, frame.a0());
        } else if (extension == Sbi.TIMER && number == 0) {
            setTimer(frame.a0());
            return result(0);
        } else if (extension == Sbi.IPI && number == 0) {
            return result(requests.request(frame.a0(), frame.a1(), false));
        } else if (extension == Sbi.REMOTE_FENCE && number <= 2) {
            // Code, translations, those of one address space: one fence for all.
            return result(requests.request(frame.a0(), frame.a1(), true));
        } else if (extension == Sbi.HART_STATE) {
            return hartState(number, frame);
        } else if (extension == Sbi.SYSTEM_RESET && number == 0) {
            return result(reset(frame.a0(), frame.a1()));
        } else if (extension == Sbi.DEBUG_CONSOLE) {
            return console(number, frame);
        }
        return NOT_SUPPORTED;
    }

    private static SbiResult result(long error) {
        return new SbiResult(error, 0);
    }

    private static SbiResult value(long value) {
        return new SbiResult(0, value);
    }

    private SbiResult base(int function, long argument) {
        return switch (function) {
            case 0 -> value(SPECIFICATION);
            case 1 -> value(IMPLEMENTATION);
            case 2 -> value(IMPLEMENTATION_VERSION);
            case 3 -> value(has(argument) ? 1 : 0);
            case 4 -> value(Csr.read(MachineCsr.MVENDORID));
            case 5 -> value(Csr.read(MachineCsr.MARCHID));
            case 6 -> value(Csr.read(MachineCsr.MIMPID));
            default -> NOT_SUPPORTED;
        };
    }

    private boolean has(long extension) {
        return extension == Sbi.BASE || extension == Sbi.TIMER || extension == Sbi.IPI
                || extension == Sbi.REMOTE_FENCE || extension == Sbi.HART_STATE
                || extension == Sbi.SYSTEM_RESET && board.testDevice() != 0
                || extension == Sbi.DEBUG_CONSOLE && board.serial().isPresent()
                || extension == LEGACY_TIMER || extension == LEGACY_PUTCHAR
                || extension == LEGACY_GETCHAR || extension == LEGACY_SHUTDOWN;
    }

    private void setTimer(long time) {
        if (hasTimer) {
            Csr.write(MachineCsr.STIMECMP, time);
        } else {
            board.timer(Csr.read(MachineCsr.MHARTID)).write64(0, time);
            Csr.clear(MachineCsr.MIP, Csr.SIE_TIMER);
            Csr.set(MachineCsr.MIE, MachineCsr.TIMER);
        }
    }

    private SbiResult hartState(int function, TrapFrame frame) {
        switch (function) {
            case 0 -> {
                return result(requests.start(frame.a0(), frame.a1(), frame.a2()));
            }
            case 1 -> {
                control.stop();
                return result(SbiError.FAILED);
            }
            case 2 -> {
                return !board.hasHart(frame.a0()) ? result(SbiError.INVALID_PARAM)
                        : value(board.hart(frame.a0()).state());
            }
            default -> {
                return NOT_SUPPORTED;
            }
        }
    }

    private long reset(long type, long reason) {
        if (type < SHUTDOWN || type > WARM_REBOOT) {
            return SbiError.INVALID_PARAM;
        }
        if (board.testDevice() == 0) {
            return SbiError.NOT_SUPPORTED;
        }
        Mmio device = new Mmio(board.testDevice());
        device.write32(0, type != SHUTDOWN ? RESET_COMMAND
                : TestDevice.command(reason == SYSTEM_FAILURE ? 1 : 0));
        Hart.halt();
        return 0;
    }

    private SbiResult console(int function, TrapFrame frame) {
        if (function == 2) {
            board.serial().write((int) frame.a0() & 0xff);
            return value(0);
        }
        long bytes = frame.a0();
        if (function > 2) {
            return NOT_SUPPORTED;
        }
        if (frame.a2() != 0 || !board.isOpen(frame.a1(), bytes)) {
            return result(SbiError.INVALID_PARAM);
        }
        Address start = new Address(frame.a1());
        return value(function == 0 ? write(start, bytes) : read(start, bytes));
    }

    private long write(Address start, long bytes) {
        for (long i = 0; i < bytes; i++) {
            board.serial().write(start.getUnsignedByte(i));
        }
        return bytes;
    }

    private long read(Address start, long bytes) {
        for (long i = 0; i < bytes; i++) {
            int character = board.serial().read();
            if (character < 0) {
                return i;
            }
            start.putByte(i, (byte) character);
        }
        return bytes;
    }
}
