// Ends in the trap that its first argument names. Built by the tests for wasm32-wasi.
#include <stdio.h>
#include <string.h>

static volatile int zero = 0, result;

__attribute__((noinline)) static int divide(int a) { return a / zero; }

__attribute__((noinline)) static int read_far(void) {
    return *(volatile int *) 0xfffffff0u;
}

// Without locals in memory: C's own stack in the linear memory must not be what ends first.
__attribute__((noinline)) static int recurse(int n) { return recurse(n + 1) + result; }

__attribute__((noinline)) static void call_null(void) {
    void (*volatile nothing)(void) = 0;
    nothing();
}

__attribute__((noinline)) static void stop_here(void) { __builtin_trap(); }

int main(int argc, char **argv) {
    printf("about to trap\n");
    fflush(stdout);
    const char *kind = argc > 1 ? argv[1] : "";
    if (!strcmp(kind, "unreachable")) stop_here();
    else if (!strcmp(kind, "memory")) result = read_far();
    else if (!strcmp(kind, "divide")) result = divide(7);
    else if (!strcmp(kind, "recursion")) result = recurse(0);
    else if (!strcmp(kind, "null")) call_null();
    else if (!strcmp(kind, "loop")) for (;;) result++;
    printf("no such trap: %s\n", kind);
    return 3;
}
