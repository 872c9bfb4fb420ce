/* A program that says where it is, and ends with a status of its own. */
#include <stdio.h>

int main(void) {
    puts("hello from the disk");
    return 42;
}
