/*
 * Runs a compiled WASM program under qemu-riscv64: what the runtime does on the device, for tests
 * of the compiler alone. It maps the ELF file and what its section .k23.wasm asks for, turns the
 * calls of the kernel into breakpoints that it answers itself, and reports traps by the tables
 * of the file.
 *
 *   harness run FILE ARGUMENT...    runs the program; its status is the harness's, 134 for a trap
 *   harness calls FILE < SCRIPT     answers one line for each line of the script:
 *     i K           instantiates instance K: "ok" or "trap KIND"
 *     g HEX         reads the word at this address: "ok HEX"
 *     c K N HEX...  calls export K with these words; "ok HEX..." shows N words, or "trap KIND"
 */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;

#define PAGE 4096ull
#define MEMORY_BASE 0x100000000000ull
#define MEMORY_SLOT 0x400000000ull
#define TABLE_BASE 0x200000000000ull
#define TABLE_SLOT 0x10000000ull
#define STACK_TOP 0x300000000000ull
#define GUARD 0x10000ull

struct extent { u64 definition, minimum, maximum; };
struct definition { u64 base, length; };

static u8 *file;
static u64 file_bytes;
static struct extent *memories, *tables;
static u32 memory_count, table_count, instance_count, export_count;
static u64 stack_bytes, main_memory, *instances, *exports;
static int argument_count;
static char **arguments;
static sigjmp_buf escape;

static void die(const char *why) {
    fprintf(stderr, "harness: %s\n", why);
    exit(125);
}

static Elf64_Shdr *section(const char *name) {
    Elf64_Ehdr *e = (void *) file;
    Elf64_Shdr *s = (void *) (file + e->e_shoff);
    const char *names = (char *) file + s[e->e_shstrndx].sh_offset;
    for (int i = 0; i < e->e_shnum; i++)
        if (!strcmp(names + s[i].sh_name, name))
            return s + i;
    return 0;
}

/* An unsigned LEB128 number. */
static u32 number(const u8 **at) {
    u32 value = 0;
    for (int shift = 0;; shift += 7) {
        u8 next = *(*at)++;
        value |= (u32) (next & 0x7f) << shift;
        if (next < 0x80)
            return value;
    }
}

static u32 signed_number(const u8 **at) {
    u32 value = number(at);
    return value >> 1 ^ -(value & 1);
}

/* A block of one of the tables: its key, its first entry, and where its last one ends. */
struct block { u32 key; const u8 *at, *end; };

static int block_of(const char *name, u32 i, struct block *block) {
    Elf64_Shdr *s = section(name);
    u32 *table = s ? (u32 *) (file + s->sh_offset) : 0;
    if (!s || i >= table[0])
        return 0;
    block->key = table[1 + 2 * i];
    block->at = (u8 *) table + table[2 + 2 * i];
    block->end = (u8 *) table + (i + 1 < table[0] ? table[4 + 2 * i] : s->sh_size);
    return 1;
}

/* Prints the text at the number, there or further up, and gives what is behind it. */
static const u8 *print_text(const u8 *at, int print) {
    const u8 *start = at;
    u32 head = number(&at);
    if (head & 1) {
        print_text(start - (head >> 1), print);
        return at;
    }
    fprintf(stderr, "%.*s", print ? (int) (head >> 1) : 0, at);
    return at + (head >> 1);
}

static int trap_kind(u64 pc) {
    struct block block;
    for (u32 i = 0; block_of(".k23.traps", i, &block); i++) {
        for (u32 key = block.key; block.at < block.end;) {
            key += number(&block.at);
            u32 kind = number(&block.at);
            if (kind & 1)
                number(&block.at);
            if (key == pc - section(".text")->sh_addr)
                return kind >> 1;
        }
    }
    return 0;
}

/* Prints the file of a type, whose functions have no class in front of their names. */
static void print_file(u32 wanted) {
    struct block block;
    for (u32 i = 0; block_of(".k23.types", i, &block); i++) {
        for (u32 type = block.key; block.at < block.end; type++) {
            block.at = print_text(block.at, type == wanted);
            if (number(&block.at) != 1)
                die("a type of a WASM function");
        }
    }
}

static void print_place(u32 wanted, u32 line) {
    struct block block;
    for (u32 i = 0; block_of(".k23.methods", i, &block); i++) {
        u32 type = 0, first = 0;
        for (u32 method = block.key; block.at < block.end; method++) {
            type += signed_number(&block.at);
            first += signed_number(&block.at);
            fprintf(stderr, method == wanted ? "  " : "");
            block.at = print_text(block.at, method == wanted);
            if (method == wanted) {
                fprintf(stderr, " (");
                print_file(type);
                fprintf(stderr, "+0x%x)\n", first + line);
            }
        }
    }
}

/* Finds the place of an offset in the code: nothing is inlined, so the stack has one call. */
static int find_place(const u8 *at, const u8 *end, u32 start, u32 offset) {
    u32 method = 0, line = 0, found = 0;
    for (u32 pc = start; at < end;) {
        pc += number(&at);
        if (pc > offset)
            break;
        u32 change = number(&at), lines = change >> 4;
        line += lines >> 1 ^ -(lines & 1);
        if (change & 1) {
            method = number(&at);
            line = number(&at);
            found = 1;
        }
    }
    if (found)
        print_place(method, line);
    return found;
}

static void describe(u64 pc) {
    struct block block;
    u32 offset = (u32) (pc - section(".text")->sh_addr);
    for (u32 i = 0; block_of(".k23.functions", i, &block); i++) {
        for (u32 start = block.key; block.at < block.end;) {
            start += number(&block.at);
            u32 size = number(&block.at), lines = number(&block.at);
            if (offset - start < size >> 1 && size & 1
                    && find_place(block.at, block.at + lines, start, offset))
                return;
            start += size >> 1;
            block.at += size & 1 ? lines : 0;
        }
    }
    fprintf(stderr, "  ? pc 0x%llx\n", (unsigned long long) pc);
}

static u64 grow(struct extent *all, u32 count, u64 definition, u32 delta, u64 unit, u64 scale) {
    for (u32 i = 0; i < count; i++) {
        if (all[i].definition != definition)
            continue;
        struct definition *d = (void *) definition;
        u64 before = d->length / scale;
        if (before + delta > all[i].maximum)
            return ~0ull;
        u64 from = (before * unit + PAGE - 1) & -PAGE;
        u64 to = ((before + delta) * unit + PAGE - 1) & -PAGE;
        if (to > from && mmap((void *) (d->base + from), to - from, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0) == MAP_FAILED)
            return ~0ull;
        d->length = (before + delta) * scale;
        return before;
    }
    die("growing what is not there");
    return 0;
}

static u8 *memory(u32 offset) {
    return (u8 *) ((struct definition *) main_memory)->base + offset;
}

static void put32(u32 at, u32 value) { memcpy(memory(at), &value, 4); }
static void put64(u32 at, u64 value) { memcpy(memory(at), &value, 8); }

static int fd_transfer(u32 fd, u32 vectors, u32 count, u32 result, int write_out) {
    u32 total = 0;
    for (u32 i = 0; i < count; i++) {
        u32 v[2];
        memcpy(v, memory(vectors + i * 8), 8);
        ssize_t n = write_out ? write(fd, memory(v[0]), v[1]) : read(fd, memory(v[0]), v[1]);
        if (n < 0)
            return 29;
        total += n;
        if (n < v[1])
            break;
    }
    put32(result, total);
    return 0;
}

/* WASI preview 1, as far as the samples need it; numbers of k23.runtime.wasi.WasiCalls. */
static int wasi(int number, u64 *a) {
    switch (number - 64) {
    case 0: {
        u32 at = a[1];
        for (int i = 0; i < argument_count; i++) {
            put32(a[0] + i * 4, at);
            strcpy((char *) memory(at), arguments[i]);
            at += strlen(arguments[i]) + 1;
        }
        return 0;
    }
    case 1: {
        u32 bytes = 0;
        for (int i = 0; i < argument_count; i++)
            bytes += strlen(arguments[i]) + 1;
        put32(a[0], argument_count);
        put32(a[1], bytes);
        return 0;
    }
    case 3: {
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        put64(a[2], t.tv_sec * 1000000000ull + t.tv_nsec);
        return 0;
    }
    case 4: return 0;
    case 5: put32(a[0], 0); put32(a[1], 0); return 0;
    case 8: return 0;
    case 10:
        if (a[0] > 2)
            return 8;
        put64(a[1], 2); put64(a[1] + 8, ~0ull); put64(a[1] + 16, ~0ull);
        return 0;
    case 18: return 8;
    case 20: return fd_transfer(a[0], a[1], a[2], a[3], 0);
    case 23: return 70;
    case 26: return fd_transfer(a[0], a[1], a[2], a[3], 1);
    case 38: exit((int) a[0]);
    case 41: return 0;
    default:
        fprintf(stderr, "harness: WASI call %d is not there\n", number);
        return 52;
    }
}

static void on_call(int signal, siginfo_t *info, void *context) {
    ucontext_t *u = context;
    u64 *r = (u64 *) u->uc_mcontext.__gregs;
    u64 pc = r[0];
    if (*(u32 *) pc != 0x00100073u)
        die("a breakpoint of nobody");
    switch (r[5]) {
    case 1: r[10] = grow(memories, memory_count, r[10], (u32) r[11], 65536, 65536); break;
    case 2: r[10] = grow(tables, table_count, r[10], (u32) r[11], 8, 1); break;
    case 3: exit((int) r[10]);
    default: {
        u64 a[9];
        for (int i = 0; i < 9; i++)
            a[i] = i < 7 ? r[11 + i] : ((u64 *) r[2])[i - 7];
        r[10] = wasi((int) r[5], a);
    }
    }
    r[0] = pc + 4;
}

static int last_trap;
static u64 trap_pc;

static void on_trap(int signal, siginfo_t *info, void *context) {
    ucontext_t *u = context;
    u64 at = (u64) info->si_addr;
    trap_pc = u->uc_mcontext.__gregs[0];
    last_trap = trap_kind(trap_pc);
    if (signal != SIGILL && at >= STACK_TOP - stack_bytes - GUARD && at < STACK_TOP - stack_bytes)
        last_trap = 40;
    if (!last_trap)
        fprintf(stderr, "harness: signal %d at pc 0x%llx, address 0x%llx\n", signal,
                (unsigned long long) trap_pc, (unsigned long long) at);
    siglongjmp(escape, 1);
}

static void handle(int signal, void (*handler)(int, siginfo_t *, void *)) {
    struct sigaction a = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigaction(signal, &a, 0);
}

static void on_stack(u64 code, u64 a, u64 b, u64 c) {
    register u64 a0 __asm__("a0") = a, a1 __asm__("a1") = b, a2 __asm__("a2") = c;
    register u64 target __asm__("t1") = code, top __asm__("t2") = STACK_TOP;
    __asm__ volatile("mv s1, sp\n mv s2, s0\n mv sp, t2\n li s0, 0\n jalr t1\n"
            "mv sp, s1\n mv s0, s2\n"
            : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(target), "+r"(top) :
            : "memory", "ra", "t0", "t3", "t4", "t5", "t6", "a3", "a4", "a5", "a6", "a7", "s1",
              "s2", "ft0", "ft1", "ft2", "ft3", "ft4", "ft5", "ft6", "ft7", "ft8", "ft9", "ft10",
              "ft11", "fa0", "fa1", "fa2", "fa3", "fa4", "fa5", "fa6", "fa7", "fs1");
}

/* Calls code on the program's stack: 0, or the kind of trap. */
static int guarded(u64 code, u64 a, u64 b, u64 c) {
    last_trap = 0;
    if (sigsetjmp(escape, 1))
        return last_trap ? last_trap : -1;
    on_stack(code, a, b, c);
    return 0;
}

static void map_segments(void) {
    Elf64_Ehdr *e = (void *) file;
    Elf64_Phdr *p = (void *) (file + e->e_phoff);
    for (int i = 0; i < e->e_phnum; i++) {
        if (p[i].p_type != PT_LOAD)
            continue;
        u64 start = p[i].p_vaddr & -PAGE, end = (p[i].p_vaddr + p[i].p_memsz + PAGE - 1) & -PAGE;
        if (mmap((void *) start, end - start, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == MAP_FAILED)
            die("a segment's place is taken");
        memcpy((void *) p[i].p_vaddr, file + p[i].p_offset, p[i].p_filesz);
        if (p[i].p_flags & PF_X) {
            u32 *w = (u32 *) start;
            for (u64 k = 0; k + 2 < (end - start) / 4; k++)
                if (w[k + 1] == 0x73 && w[k + 2] == 0x8067)
                    w[k + 1] = 0x00100073;
        }
        mprotect((void *) start, end - start, PROT_READ | (p[i].p_flags & PF_W ? PROT_WRITE : 0)
                | (p[i].p_flags & PF_X ? PROT_EXEC : 0));
    }
}

static void map_extents(void) {
    Elf64_Shdr *s = section(".k23.wasm");
    u8 *m = file + (s ? s->sh_offset : 0);
    if (memcmp(m, "K23WASM1", 8))
        die("no program");
    stack_bytes = *(u64 *) (m + 16);
    u32 *counts = (u32 *) (m + 24);
    memory_count = counts[0], table_count = counts[1];
    instance_count = counts[2], export_count = counts[3];
    main_memory = *(u64 *) (m + 40);
    memories = (void *) (m + 64);
    tables = memories + memory_count;
    instances = (u64 *) (tables + table_count);
    exports = instances + instance_count * 2;
    for (u32 i = 0; i < memory_count; i++) {
        ((struct definition *) memories[i].definition)->base = MEMORY_BASE + i * MEMORY_SLOT;
        grow(memories, memory_count, memories[i].definition, memories[i].minimum, 65536, 65536);
    }
    for (u32 i = 0; i < table_count; i++) {
        ((struct definition *) tables[i].definition)->base = TABLE_BASE + i * TABLE_SLOT;
        grow(tables, table_count, tables[i].definition, tables[i].minimum, 8, 1);
    }
    if (mmap((void *) (STACK_TOP - stack_bytes), stack_bytes, PROT_READ | PROT_WRITE,
            MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == MAP_FAILED)
        die("no stack");
}

static void answer(int trap, u64 *words, int count) {
    if (trap) {
        printf("trap %d", trap);
    } else {
        printf("ok");
        for (int i = 0; i < count; i++)
            printf(" %llx", (unsigned long long) words[i]);
    }
    printf("\n");
}

static void calls(void) {
    static char line[1 << 16];
    while (fgets(line, sizeof line, stdin)) {
        char *next = line + 1;
        if (line[0] == 'g') {
            answer(0, (u64 *) strtoull(next, 0, 16), 1);
            continue;
        }
        u64 index = strtoull(next, &next, 10);
        if (line[0] == 'i') {
            answer(guarded(instances[index * 2 + 1], instances[index * 2], 0, 0), 0, 0);
            continue;
        }
        int count = (int) strtoull(next, &next, 10);
        u64 words[64] = {0};
        for (int i = 0; *next && *next != '\n' && i < 64; i++)
            words[i] = strtoull(next, &next, 16);
        u64 *x = exports + index * 3;
        answer(guarded(x[2], x[0], x[1], (u64) words), words, count);
    }
}

int main(int argc, char **argv) {
    if (argc < 3)
        die("usage: harness run|calls FILE ARGUMENT...");
    int fd = open(argv[2], O_RDONLY);
    struct stat s;
    if (fd < 0 || fstat(fd, &s))
        die("cannot open the file");
    file_bytes = s.st_size;
    file = mmap(0, file_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    stack_t alternate = {.ss_sp = malloc(1 << 16), .ss_size = 1 << 16};
    sigaltstack(&alternate, 0);
    handle(SIGTRAP, on_call);
    handle(SIGSEGV, on_trap);
    handle(SIGBUS, on_trap);
    handle(SIGILL, on_trap);
    map_segments();
    map_extents();
    if (!strcmp(argv[1], "calls")) {
        calls();
        return 0;
    }
    argument_count = argc - 2;
    arguments = argv + 2;
    int trap = guarded(((Elf64_Ehdr *) file)->e_entry, 0, 0, 0);
    if (trap) {
        fprintf(stderr, "trap kind %d\n", trap);
        describe(trap_pc);
        return 134;
    }
    return 0;
}
