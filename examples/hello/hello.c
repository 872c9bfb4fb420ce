// A first program: shows its arguments and environment, then counts what comes in.
//   clang --target=wasm32-wasi -O2 -o hello.wasm hello.c
#include <stdio.h>
#include <stdlib.h>

extern char **environ;

int main(int argc, char **argv) {
    printf("hello from user mode\n");
    for (int i = 0; i < argc; i++)
        printf("argument %d: %s\n", i, argv[i]);
    for (char **variable = environ; *variable; variable++)
        printf("environment: %s\n", *variable);
    unsigned long lines = 0, bytes = 0;
    for (int c; (c = getchar()) != EOF; bytes++)
        lines += c == '\n';
    printf("input: %lu lines, %lu bytes\n", lines, bytes);
    return ferror(stdin) || fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
