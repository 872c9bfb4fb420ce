/*
 * k23_cranelift: one function at a time through Cranelift to RISC-V machine code.
 *
 * A worker is one thread's state. Each call that takes one leaves its answer there: text or words
 * at `output`, valid until the worker's next call. status 0 is success; with 1 the output is a
 * message in UTF-8. No call unwinds or aborts for what a description contains; what the pointers
 * point to is the caller's to vouch for.
 */
#ifndef K23_CRANELIFT_H
#define K23_CRANELIFT_H

#include <stdint.h>

#define K23_ABI_VERSION 3

/* Forms of k23_text. */
#define K23_TEXT_CLIF 0           /* CLIF as described */
#define K23_TEXT_OPTIMISED_CLIF 1 /* CLIF as compiled */
#define K23_TEXT_ASSEMBLY 2       /* Cranelift's listing of the machine code */

typedef struct k23_isa k23_isa;

/* The visible start of a larger structure. */
typedef struct k23_worker {
    const uint8_t *output;
    uint64_t output_bytes;
    int32_t status;
} k23_worker;

/* K23_ABI_VERSION of the library. */
uint32_t k23_abi_version(void);

/* Makes a worker, or null. */
k23_worker *k23_worker_new(void);

/* Ends a worker. */
void k23_worker_free(k23_worker *worker);

/* Output: lines "cranelift VERSION", "lacks OPCODE", "setting NAME". */
int32_t k23_describe(k23_worker *worker);

/*
 * A target for any number of threads, or null with the reason in the worker.
 * Settings are "name=value" with commas between, Cranelift's shared ones and those of RISC-V.
 */
k23_isa *k23_isa_new(k23_worker *worker, const uint8_t *settings, uint64_t settings_bytes);

/* Ends a target that no thread uses any more. */
void k23_isa_free(k23_isa *isa);

/*
 * Compiles the function that `words` words describe. Output, in 32-bit words of the host's byte
 * order: alignment, frame bytes, code bytes, number of relocations, traps, source ranges and label
 * ranges; the code, padded to whole words; for each relocation: offset, kind (0 R_RISCV_CALL_PLT,
 * 1 R_RISCV_GOT_HI20, 2 R_RISCV_PCREL_LO12_I, 3 R_RISCV_64), 1 when the target is an offset in this
 * code and 0 when it is one of the description's symbols, target, addend (low word, high word); for
 * each trap: offset, code; for each source range: start, end, location; for each label range:
 * label, start, end, 1 when it is in the frame and 0 when it is in a register, the offset from the
 * frame's canonical address or the register's DWARF number.
 */
int32_t k23_compile(k23_worker *worker, const k23_isa *isa, const uint32_t *description,
                    uint64_t words);

/* The same function as text, in one of the forms above. */
int32_t k23_text(k23_worker *worker, const k23_isa *isa, const uint32_t *description,
                 uint64_t words, uint32_t form);

#endif
