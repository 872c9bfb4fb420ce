package k23.runtime.program;

import k23.kernel.memory.AddressSpace;
import k23.kernel.memory.RegionMemory;
import k23.runtime.wasi.FileTree;
import k23.runtime.wasi.Strings;
import k23.runtime.wasi.Wasi;
import k23.sdk.Log;
import k23.sdk.memory.Region;
import k23.sdk.word.Span;

/** Runs the programs of an image, one after another, until one fails. */
public final class Programs {
    /** The status of an image that cannot be run: damaged, or too large for the machine. */
    public static final int CANNOT_RUN = 126;
    private static final int MAX_STATUS = 255;
    private static final long REGION_BYTES = 1 << 20;
    private static final long BYTES_PER_ENTRY = 1 << 10;

    private Programs() {}

    /**
     * Runs all programs of a bundle.
     *
     * @return 0 when each ended with 0, else the first other status
     */
    public static int run(Span bundle) {
        int entries = count(bundle);
        if (entries < 0) {
            Log.error("the bundle of programs and files is damaged");
            return CANNOT_RUN;
        }
        RegionMemory memory = RegionMemory.allocate(REGION_BYTES + entries * BYTES_PER_ENTRY);
        if (memory.isEmpty()) {
            Log.error("not enough memory for the list of files");
            return CANNOT_RUN;
        }
        int status = 0;
        try (Region.Scope _ = memory.enter()) {
            FileTree files = files(bundle);
            Bundle entry = Bundle.of(bundle);
            while (entry.isThere() && status == 0) {
                if (entry.kind() == Bundle.PROGRAM) {
                    status = runInRegion(entry, files, entries);
                }
                entry = entry.next();
            }
        }
        memory.free();
        return status;
    }

    /** Obeys the option {@code log} of a bundle: the least level of the lines that are written. */
    public static void limitLog(Span bundle) {
        Bundle entry = Bundle.of(bundle);
        while (entry.isThere()) {
            if (entry.kind() == Bundle.OPTION && isText(entry.name(), "log")) {
                limitLogTo(entry.data());
            }
            entry = entry.next();
        }
    }

    private static void limitLogTo(Span level) {
        if (isText(level, "warn")) {
            Log.least("warn");
        } else if (isText(level, "error")) {
            Log.least("error");
        } else {
            Log.least(isText(level, "debug") ? "debug" : "info");
        }
    }

    private static boolean isText(Span bytes, String text) {
        if (bytes.length() != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes.getUnsignedByte(i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The number of entries, or -1 for a damaged bundle. */
    private static int count(Span bundle) {
        int entries = 0;
        Bundle entry = Bundle.of(bundle);
        while (entry.isThere()) {
            entries++;
            entry = entry.next();
        }
        return entry.isEnd() ? entries : -1;
    }

    private static FileTree files(Span bundle) {
        FileTree files = new FileTree();
        Bundle entry = Bundle.of(bundle);
        while (entry.isThere()) {
            if (entry.kind() == Bundle.FILE && !files.add(entry.name(), entry.data())) {
                Log.begin("warn");
                Log.append("left out a file whose path is no path: ");
                Log.append(entry.name());
                Log.end();
            }
            entry = entry.next();
        }
        return files;
    }

    private static int runInRegion(Bundle program, FileTree files, int entries) {
        RegionMemory memory = RegionMemory.allocate(REGION_BYTES + entries * BYTES_PER_ENTRY);
        if (memory.isEmpty()) {
            return cannot(program, "not enough memory to start it");
        }
        int status;
        try (Region.Scope _ = memory.enter()) {
            status = run(program, files, entries);
        }
        memory.free();
        return status;
    }

    private static int run(Bundle program, FileTree files, int entries) {
        ProgramImage image = new ProgramImage(program.data());
        if (image.problem() != null) {
            return cannot(program, image.problem());
        }
        Strings arguments = new Strings(entries);
        Strings environment = new Strings(entries);
        Bundle entry = program.next();
        while (entry.isThere() && entry.kind() != Bundle.PROGRAM) {
            if (entry.kind() == Bundle.ARGUMENT) {
                arguments.add(entry.data());
            } else if (entry.kind() == Bundle.ENVIRONMENT) {
                environment.add(entry.data());
            }
            entry = entry.next();
        }
        Wasi wasi = new Wasi(new KernelHost(), arguments, environment);
        preopen(program, files, wasi);
        AddressSpace space = AddressSpace.create();
        if (space == null) {
            return cannot(program, "not enough memory to start it");
        }
        Instance instance = new Instance(image, new KernelSpace(space), wasi);
        int status = instance.map() ? instance.run()
                : cannot(program, "not enough memory to start it");
        space.destroy();
        wasi.beforeLog();
        return report(program, status < 0 || status > MAX_STATUS ? MAX_STATUS : status);
    }

    private static void preopen(Bundle program, FileTree files, Wasi wasi) {
        Bundle entry = program.next();
        while (entry.isThere() && entry.kind() != Bundle.PROGRAM) {
            if (entry.kind() == Bundle.PREOPEN && !wasi.preopen(files, entry.name())) {
                Log.begin("warn");
                Log.append("there is no directory to preopen: ");
                Log.append(entry.name());
                Log.end();
            }
            entry = entry.next();
        }
    }

    private static int report(Bundle program, int status) {
        Log.begin("info");
        Log.append(program.name());
        Log.append(": status ");
        Log.append(status);
        Log.end();
        return status;
    }

    private static int cannot(Bundle program, String why) {
        Log.begin("error");
        Log.append(program.name());
        Log.append(": cannot run: ");
        Log.append(why);
        Log.end();
        return CANNOT_RUN;
    }
}
