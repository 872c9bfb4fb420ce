class Main {
    static long run() {
        return k23.sdk.memory.RawMemory.loadLong(0x8000_0000L); // expect
    }
}
