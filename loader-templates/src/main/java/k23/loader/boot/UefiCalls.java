package k23.loader.boot;

import k23.loader.efi.FirmwareCalls;

/** Calls of the real firmware's functions. */
public final class UefiCalls implements FirmwareCalls {
    @Override
    public long call(long function, long arg0, long arg1, long arg2, long arg3, long arg4) {
        return UefiTemplates.call(function, arg0, arg1, arg2, arg3, arg4);
    }
}
