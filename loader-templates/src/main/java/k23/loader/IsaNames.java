package k23.loader;

import k23.sdk.Log;
import k23.sdk.NoInline;
import k23.sdk.ReadOnly;
import k23.sdk.devicetree.Node;
import k23.sdk.riscv.IsaExtension;
import k23.sdk.riscv.IsaExtensions;
import k23.sdk.word.Span;

/**
 * What a hart's node in the device tree says of its instruction set: the list
 * {@code riscv,isa-extensions} where there is one, or else the string {@code riscv,isa} (Devicetree
 * binding "riscv/extensions"; ISA manual, "ISA Extension Naming Conventions"). Names that are not
 * known here are passed over.
 */
final class IsaNames {
    private static final long F = IsaExtension.F.bit();
    private static final long D = IsaExtension.D.bit();
    private static final long C = IsaExtension.C.bit();
    private static final long B = IsaExtension.B.bit();
    private static final long ZCD = IsaExtension.ZCD.bit();
    private static final long ZICSR = IsaExtension.ZICSR.bit();
    private static final long ZIFENCEI = IsaExtension.ZIFENCEI.bit();
    /** What was part of the base when {@code riscv,isa} was defined, as its binding says. */
    private static final long OLD_BASE = ZICSR | ZIFENCEI | IsaExtension.ZICNTR.bit()
            | IsaExtension.ZIHPM.bit();
    private static final long GENERAL = OLD_BASE | IsaExtension.M.bit() | IsaExtension.A.bit()
            | F | D;
    private static final long BITS = IsaExtension.ZBA.bit() | IsaExtension.ZBB.bit()
            | IsaExtension.ZBS.bit();
    /** Pairs of sets: whoever has any member of the first has all of the second. In order. */
    private static final long[] IMPLIED = {
        IsaExtension.ZVFH.bit(), IsaExtension.ZVFHMIN.bit(),
        IsaExtension.ZFH.bit(), IsaExtension.ZFHMIN.bit(),
        IsaExtension.Q.bit() | IsaExtension.V.bit(), D,
        D | IsaExtension.ZFHMIN.bit(), F,
        F, ZICSR,
        C, IsaExtension.ZCA.bit(),
        B, BITS,
    };
    private static final long BASE_CHARACTERS = 4;
    /** Every name and a zero behind it, in the order of the constants: smaller than objects. */
    @ReadOnly
    private static final byte[] NAMES = names();

    private IsaNames() {}

    private static byte[] names() {
        int bytes = 0;
        for (int i = 0; i < IsaExtension.count(); i++) {
            bytes += IsaExtension.at(i).specName().length() + 1;
        }
        byte[] names = new byte[bytes];
        int at = 0;
        for (int i = 0; i < IsaExtension.count(); i++) {
            String name = IsaExtension.at(i).specName();
            for (int k = 0; k < name.length(); k++) {
                names[at++] = (byte) name.charAt(k);
            }
            at++;
        }
        return names;
    }

    /** The extensions of the hart that {@code cpu} describes; none when it does not tell. */
    static IsaExtensions of(Node cpu) {
        Span list = cpu.property("riscv,isa-extensions");
        long told = list.length() != 0 ? ofList(list) : ofText(cpu.property("riscv,isa"));
        return new IsaExtensions(withImplied(told));
    }

    /** Whether two nodes say the same, which is cheaper to find than what they say. */
    static boolean areSame(Node cpu, Node other) {
        return areSame(cpu, other, "riscv,isa-extensions") && areSame(cpu, other, "riscv,isa");
    }

    private static boolean areSame(Node cpu, Node other, String property) {
        return cpu.property(property).hasBytes(other.property(property));
    }

    private static long ofList(Span list) {
        long found = 0;
        long start = 0;
        for (long i = 0; i < list.length(); i++) {
            if (list.getUnsignedByte(i) == 0) {
                found |= named(list, start, i);
                start = i + 1;
            }
        }
        return found;
    }

    /** {@code rv64}, single letters, then names of several letters with {@code _} between. */
    private static long ofText(Span text) {
        if (!startsWithBase(text)) {
            return 0;
        }
        long found = 0;
        long at = BASE_CHARACTERS;
        while (at < text.length() && letter(text, at) != 0) {
            if (isLongName(text, at)) {
                long end = endOfName(text, at);
                found |= named(text, at, endWithoutVersion(text, at, end));
                at = end;
            } else {
                found |= single(text, at);
                at = behindVersion(text, at + 1);
            }
        }
        return found;
    }

    private static boolean startsWithBase(Span text) {
        return text.length() > BASE_CHARACTERS && letter(text, 0) == 'r'
                && letter(text, 1) == 'v' && letter(text, 2) == '6' && letter(text, 3) == '4';
    }

    @NoInline
    private static int letter(Span text, long at) {
        int c = at < text.length() ? text.getUnsignedByte(at) : 0;
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }

    /** Old firmware wrote the modes S and U as letters: {@code su} behind the others. */
    private static boolean isLongName(Span text, long at) {
        int c = letter(text, at);
        boolean isModes = c == 's' && letter(text, at + 1) == 'u' && letter(text, at - 1) != '_';
        return c == 'z' || c == 'x' || c == 's' && !isModes;
    }

    private static long single(Span text, long at) {
        int letter = letter(text, at);
        return letter == 'i' ? OLD_BASE : letter == 'g' ? GENERAL : named(text, at, at + 1);
    }

    private static long endOfName(Span text, long start) {
        long end = start;
        while (letter(text, end) != '_' && letter(text, end) != 0) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(int letter) {
        return letter >= '0' && letter <= '9';
    }

    /** Versions are digits, or digits, {@code p} and digits; no name ends in a digit. */
    private static long behindVersion(Span text, long start) {
        long at = behindDigits(text, start);
        boolean hasMinor = at > start && letter(text, at) == 'p' && isDigit(letter(text, at + 1));
        return hasMinor ? behindDigits(text, at + 1) : at;
    }

    private static long behindDigits(Span text, long start) {
        long at = start;
        while (isDigit(letter(text, at))) {
            at++;
        }
        return at;
    }

    private static long endWithoutVersion(Span text, long start, long end) {
        long minor = beforeDigits(text, start, end);
        if (minor == end || letter(text, minor - 1) != 'p') {
            return minor;
        }
        long major = beforeDigits(text, start, minor - 1);
        return major == minor - 1 ? minor : major;
    }

    private static long beforeDigits(Span text, long start, long end) {
        long at = end;
        while (at > start + 1 && isDigit(letter(text, at - 1))) {
            at--;
        }
        return at;
    }

    /** The extension whose name {@code [start, end)} is, as a bit; 0 when it is not known. */
    @NoInline
    private static long named(Span text, long start, long end) {
        long bit = 1;
        int name = 0;
        while (name < NAMES.length) {
            int length = 0;
            boolean isSame = true;
            while (NAMES[name + length] != 0) {
                isSame = isSame && start + length < end
                        && letter(text, start + length) == NAMES[name + length];
                length++;
            }
            if (isSame && length == end - start) {
                return bit;
            }
            bit <<= 1;
            name += length + 1;
        }
        return 0;
    }

    /** The set and what the specification says its members contain. */
    private static long withImplied(long told) {
        long set = told;
        for (int i = 0; i < IMPLIED.length; i += 2) {
            set |= (set & IMPLIED[i]) != 0 ? IMPLIED[i + 1] : 0;
        }
        if ((set & C) != 0 && (set & D) != 0) {
            set |= ZCD;
        }
        return (set & BITS) == BITS ? set | B : set;
    }

    /** The name of the extension whose bit is {@code 1 << index}, to the log. */
    static void print(int index) {
        int at = 0;
        for (int zeros = 0; zeros < index; at++) {
            zeros += NAMES[at] == 0 ? 1 : 0;
        }
        for (; NAMES[at] != 0; at++) {
            Log.append((char) NAMES[at]);
        }
    }
}
