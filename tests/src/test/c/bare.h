// What the freestanding benchmarks share: the SBI console, counting, the first instructions.
#include <stdint.h>

static void sbi(long extension, long function, long arg0) {
    register long a0 __asm__("a0") = arg0;
    register long a1 __asm__("a1") = 0;
    register long a6 __asm__("a6") = function;
    register long a7 __asm__("a7") = extension;
    __asm__ volatile("ecall" : "+r"(a0), "+r"(a1) : "r"(a6), "r"(a7) : "memory");
}

static void print(const char *text) {
    for (; *text; text++) sbi(1, 0, *text);
}

static void print_hex(uint64_t number) {
    for (int shift = 60; shift >= 0; shift -= 4) sbi(1, 0, "0123456789abcdef"[number >> shift & 15]);
}

static uint64_t instructions(void) {
    uint64_t count;
    __asm__ volatile("rdinstret %0" : "=r"(count) : : "memory");
    return count;
}

static void measure(const char *name, int64_t (*kernel)(void)) {
    uint64_t before = instructions();
    int64_t checksum = kernel();
    uint64_t after = instructions();
    print("kernel ");
    print(name);
    print(" 0x");
    print_hex(after - before);
    print(" 0x");
    print_hex((uint64_t) checksum);
    print("\n");
}

__asm__(
    ".pushsection .text.start, \"ax\"\n"
    ".globl _start\n"
    "_start: la sp, bench_stack_top\n"
    "  li t0, 0x2000\n"
    "  csrs sstatus, t0\n" // FS = Initial: floating point works
    "  call bench_main\n"
    "1: wfi\n"
    "  j 1b\n"
    ".popsection\n"
    ".pushsection .bss\n"
    ".balign 16\n"
    ".space 65536\n"
    "bench_stack_top:\n"
    ".popsection\n");
