// The twins, in C, of the kernels in k23.tests.bench.kernel: the same algorithms, the same data.
// Built freestanding for S-mode; prints "name instructions checksum" for each, then powers off.
#include <stdbool.h>
#include <stdint.h>

enum {
    SIEVE_LIMIT = 200000, CRC_BYTES = 1 << 16, MATRIX_ROWS = 64, SORT_ITEMS = 20000,
    HASH_BLOCKS = 512, DISPATCH_STEPS = 200000
};

static bool composite[SIEVE_LIMIT];
static int8_t data[CRC_BYTES];
static uint32_t crc_table[256];
static int64_t left[MATRIX_ROWS * MATRIX_ROWS], right[MATRIX_ROWS * MATRIX_ROWS],
        product[MATRIX_ROWS * MATRIX_ROWS];
static int32_t items[SORT_ITEMS];
static uint32_t schedule[64], state[8];
static const uint32_t round_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
    0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
    0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
    0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
    0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
    0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
    0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2,
};
static const int8_t program[16] = {0, 1, 2, 3, 1, 4, 2, 5, 1, 0, 3, 6, 4, 2, 7, 1};

static int32_t fib_of(int32_t n) { return n < 2 ? n : fib_of(n - 1) + fib_of(n - 2); }
static int64_t fib(void) { return fib_of(24); }

static int64_t sieve(void) {
    int32_t count = 0;
    for (int32_t i = 2; i < SIEVE_LIMIT; i++) {
        if (!composite[i]) {
            count++;
            for (int32_t j = i + i; j < SIEVE_LIMIT; j += i) composite[j] = true;
        }
    }
    return count;
}

static int64_t crc32(void) {
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ c >> 1 : c >> 1;
        crc_table[i] = c;
    }
    for (int32_t i = 0; i < CRC_BYTES; i++) data[i] = (int8_t) (i * 7 + (i >> 8));
    uint32_t crc = 0xffffffff;
    for (int32_t i = 0; i < CRC_BYTES; i++)
        crc = crc_table[(crc ^ (uint32_t) data[i]) & 0xff] ^ crc >> 8;
    return (int64_t) (uint32_t) ~crc;
}

static int64_t matmul(void) {
    for (int32_t i = 0; i < MATRIX_ROWS * MATRIX_ROWS; i++) {
        left[i] = i * 3 + 1;
        right[i] = i * 5 + 2;
    }
    for (int32_t i = 0; i < MATRIX_ROWS; i++) {
        for (int32_t j = 0; j < MATRIX_ROWS; j++) {
            int64_t sum = 0;
            for (int32_t k = 0; k < MATRIX_ROWS; k++)
                sum += left[i * MATRIX_ROWS + k] * right[k * MATRIX_ROWS + j];
            product[i * MATRIX_ROWS + j] = sum;
        }
    }
    int64_t total = 0;
    for (int32_t i = 0; i < MATRIX_ROWS * MATRIX_ROWS; i++) total += product[i] ^ i;
    return total;
}

static void sift_down(int32_t *a, int32_t root, int32_t end) {
    int32_t item = a[root], hole = root;
    for (int32_t child = 2 * hole + 1; child < end; child = 2 * hole + 1) {
        if (child + 1 < end && a[child + 1] > a[child]) child++;
        if (a[child] <= item) break;
        a[hole] = a[child];
        hole = child;
    }
    a[hole] = item;
}

static int64_t sort(void) {
    uint32_t seed = 12345;
    for (int32_t i = 0; i < SORT_ITEMS; i++) {
        seed = seed * 1103515245u + 12345u;
        items[i] = (int32_t) seed;
    }
    for (int32_t i = SORT_ITEMS / 2 - 1; i >= 0; i--) sift_down(items, i, SORT_ITEMS);
    for (int32_t end = SORT_ITEMS - 1; end > 0; end--) {
        int32_t top = items[0];
        items[0] = items[end];
        items[end] = top;
        sift_down(items, 0, end);
    }
    uint64_t hash = 0;
    for (int32_t i = 0; i < SORT_ITEMS; i++) hash = hash * 31 + (uint64_t) (int64_t) items[i];
    return (int64_t) hash;
}

static inline uint32_t rotr(uint32_t x, int n) { return x >> n | x << (32 - n); }

static void compress(void) {
    uint32_t *w = schedule;
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = rotr(w[i - 15], 7) ^ rotr(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t s1 = rotr(w[i - 2], 17) ^ rotr(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i++) {
        uint32_t s1 = rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25);
        uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + round_constants[i] + w[i];
        uint32_t s0 = rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22);
        uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g; g = f; f = e; e = d + t1; d = c; c = b; b = a; a = t1 + t2;
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d;
    state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

static int64_t sha256(void) {
    for (uint32_t i = 0; i < 8; i++) state[i] = i * 0x01234567;
    for (uint32_t block = 0; block < HASH_BLOCKS; block++) {
        for (uint32_t i = 0; i < 16; i++) schedule[i] = block * 16 + i;
        compress();
    }
    return (int64_t) ((uint64_t) state[0] << 32 | state[7]);
}

static int64_t dispatch(void) {
    int32_t pc = 0;
    uint64_t x = 1, y = 7;
    for (int32_t step = 0; step < DISPATCH_STEPS; step++) {
        switch (program[pc]) {
            case 0: x += y; break;
            case 1: y ^= x; break;
            case 2: x <<= 1; break;
            case 3: y -= 3; break;
            case 4: x ^= x >> 7; break;
            case 5: y += (uint64_t) step; break;
            case 6: x *= 5; break;
            default: x -= y; break;
        }
        pc = (pc + 1) & 15;
    }
    return (int64_t) (x ^ y);
}

enum {
    LONG_BLOCKS = 256, COPY_WORDS = 4096, COPY_ROUNDS = 16, PACKED_BYTES = 1 << 16,
    TABLE_WORDS = 512, TABLES = 64, WALKS = 20000
};

static uint64_t long_schedule[80], long_state[8];
static int64_t source[COPY_WORDS], target[COPY_WORDS], tables[TABLES * TABLE_WORDS];
static int8_t packed_data[PACKED_BYTES], unpacked_data[4 * PACKED_BYTES];

static inline uint64_t rotr64(uint64_t x, int n) { return x >> n | x << (64 - n); }

static void long_compress(void) {
    uint64_t *w = long_schedule;
    for (int i = 16; i < 80; i++) {
        uint64_t s0 = rotr64(w[i - 15], 1) ^ rotr64(w[i - 15], 8) ^ w[i - 15] >> 7;
        uint64_t s1 = rotr64(w[i - 2], 19) ^ rotr64(w[i - 2], 61) ^ w[i - 2] >> 6;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint64_t a = long_state[0], b = long_state[1], c = long_state[2], d = long_state[3];
    uint64_t e = long_state[4], f = long_state[5], g = long_state[6], h = long_state[7];
    for (int i = 0; i < 80; i++) {
        uint64_t s1 = rotr64(e, 14) ^ rotr64(e, 18) ^ rotr64(e, 41);
        uint64_t t1 = h + s1 + ((e & f) ^ (~e & g)) + (uint64_t) i + w[i];
        uint64_t s0 = rotr64(a, 28) ^ rotr64(a, 34) ^ rotr64(a, 39);
        uint64_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g; g = f; f = e; e = d + t1; d = c; c = b; b = a; a = t1 + t2;
    }
    long_state[0] += a; long_state[1] += b; long_state[2] += c; long_state[3] += d;
    long_state[4] += e; long_state[5] += f; long_state[6] += g; long_state[7] += h;
}

static int64_t sha512(void) {
    for (uint64_t i = 0; i < 8; i++) long_state[i] = i * 0x0123456789abcdefu;
    for (uint64_t block = 0; block < LONG_BLOCKS; block++) {
        for (uint64_t i = 0; i < 16; i++) long_schedule[i] = block * 16 + i;
        long_compress();
    }
    return (int64_t) (long_state[0] ^ long_state[7]);
}

static int32_t pack(void) {
    int32_t at = 0, produced = 0;
    for (int32_t i = 0; at < PACKED_BYTES - 64; i++) {
        int32_t literals = i % 7 + 1, match = i % 11;
        packed_data[at++] = (int8_t) (literals << 4 | match);
        for (int32_t k = 0; k < literals; k++) packed_data[at++] = (int8_t) (i * 5 + k);
        produced += literals;
        int32_t distance = (i % produced + 1) & 0xff;
        packed_data[at++] = (int8_t) (distance == 0 ? 1 : distance);
        packed_data[at++] = 0;
        produced += match + 4;
    }
    packed_data[at++] = 0x10;
    packed_data[at++] = 7;
    return at;
}

static int32_t unpack(int32_t packed) {
    int8_t *in = packed_data, *out = unpacked_data;
    int32_t from = 0, to = 0;
    for (;;) {
        int32_t token = in[from++] & 0xff;
        for (int32_t literals = token >> 4; literals > 0; literals--) out[to++] = in[from++];
        if (from >= packed) return to;
        int32_t distance = (in[from] & 0xff) | (in[from + 1] & 0xff) << 8;
        from += 2;
        for (int32_t match = (token & 15) + 4; match > 0; match--) {
            out[to] = out[to - distance];
            to++;
        }
    }
}

static int64_t lz4(void) {
    int32_t length = unpack(pack());
    uint64_t hash = (uint64_t) length;
    for (int32_t i = 0; i < length; i++) hash = hash * 31 + (uint64_t) (int64_t) unpacked_data[i];
    return (int64_t) hash;
}

// The two loops stay loops: there is no memset or memcpy to call here.
__attribute__((optimize("no-tree-loop-distribute-patterns")))
static int64_t copy(void) {
    int64_t sum = 0;
    for (int32_t round = 0; round < COPY_ROUNDS; round++) {
        for (int32_t i = 0; i < COPY_WORDS; i++) source[i] = round;
        for (int32_t i = 0; i < COPY_WORDS; i++) target[i] = source[i];
        sum += target[round * 100] + target[COPY_WORDS - 1];
    }
    return sum;
}

static int64_t walk(void) {
    for (int32_t i = 0; i < TABLES * TABLE_WORDS; i++)
        tables[i] = (int64_t) (i * 7 % TABLES) << 10 | 1;
    uint64_t address = 12345;
    int64_t sum = 0;
    for (int32_t i = 0; i < WALKS; i++) {
        address = address * 6364136223846793005u + 1442695040888963407u;
        int32_t table = 0;
        for (int32_t level = 2; level >= 0; level--) {
            int32_t index = (int32_t) (address >> (12 + 9 * level)) & 511;
            int64_t entry = tables[table * TABLE_WORDS + index];
            if ((entry & 1) == 0) break;
            table = (int32_t) (entry >> 10);
        }
        sum += (int64_t) table << 12 | (int64_t) (address & 4095);
    }
    return sum;
}

// The twin of PlanetKernel, in its order of operations: without -ffp-contract=off gcc fuses some.
typedef struct { double x, y, z; } vector;
typedef struct { vector place, velocity; double mass; } body;
enum { BODIES = 5, PLANET_STEPS = 2000 };
static const double step_days = 0.01, days_of_year = 365.24,
        sun_mass = 4 * 3.141592653589793 * 3.141592653589793;
static const body at_start[BODIES] = {
    {{0, 0, 0}, {0, 0, 0}, 1},
    {{4.84143144246472090, -1.16032004402742839, -0.103622044471123109},
     {0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023},
     0.000954791938424326609},
    {{8.34336671824457987, 4.12479856412430479, -0.403523417114321381},
     {-0.00276742510726411899, 0.00499852801234917238, 0.0000230417297573763929},
     0.000285885980666130812},
    {{12.8943695621391310, -15.1111514016986312, -0.223307578892655734},
     {0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556},
     0.0000436624404335156298},
    {{15.3796971148509165, -25.9193146099879641, 0.179258772950371181},
     {0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870},
     0.0000515138902046611451},
};
static body bodies[BODIES];

static inline vector plus(vector a, vector b) {
    return (vector) {a.x + b.x, a.y + b.y, a.z + b.z};
}

static inline vector minus(vector a, vector b) {
    return (vector) {a.x - b.x, a.y - b.y, a.z - b.z};
}

static inline vector times(vector a, double f) { return (vector) {a.x * f, a.y * f, a.z * f}; }
static inline double square(vector a) { return a.x * a.x + a.y * a.y + a.z * a.z; }

static void advance(int32_t steps) {
    for (int32_t step = 0; step < steps; step++) {
        for (int32_t i = 0; i < BODIES; i++) {
            body *a = &bodies[i];
            vector place = a->place, velocity = a->velocity;
            double mass = a->mass;
            for (int32_t j = i + 1; j < BODIES; j++) {
                body *b = &bodies[j];
                vector distance = minus(place, b->place);
                double d2 = square(distance);
                double magnitude = step_days / (d2 * __builtin_sqrt(d2));
                velocity = minus(velocity, times(distance, b->mass * magnitude));
                b->velocity = plus(b->velocity, times(distance, mass * magnitude));
            }
            a->velocity = velocity;
        }
        for (int32_t i = 0; i < BODIES; i++)
            bodies[i].place = plus(bodies[i].place, times(bodies[i].velocity, step_days));
    }
}

static int64_t nbody(void) {
    vector momentum = {0, 0, 0};
    for (int32_t i = 0; i < BODIES; i++) {
        body *b = &bodies[i];
        b->place = at_start[i].place;
        b->velocity = times(at_start[i].velocity, days_of_year);
        b->mass = at_start[i].mass * sun_mass;
        momentum = plus(momentum, times(b->velocity, b->mass));
    }
    bodies[0].velocity = times(momentum, -1 / sun_mass);
    advance(PLANET_STEPS);
    union { double number; int64_t bits; } energy = {0};
    for (int32_t i = 0; i < BODIES; i++) {
        body *a = &bodies[i];
        energy.number += 0.5 * a->mass * square(a->velocity);
        for (int32_t j = i + 1; j < BODIES; j++)
            energy.number -= a->mass * bodies[j].mass
                    / __builtin_sqrt(square(minus(a->place, bodies[j].place)));
    }
    return energy.bits;
}

static void measure(const char *name, int64_t (*kernel)(void));

static void measure_all(void) {
    measure("fib", fib);
    measure("sieve", sieve);
    measure("crc32", crc32);
    measure("matmul", matmul);
    measure("sort", sort);
    measure("sha256", sha256);
    measure("dispatch", dispatch);
    measure("sha512", sha512);
    measure("lz4", lz4);
    measure("copy", copy);
    measure("walk", walk);
    measure("nbody", nbody);
}

#ifdef __wasm__
// As a WASI program. Where the machine's clock counts its instructions (QEMU's -icount shift=0), a
// nanosecond is one.
#include <stdio.h>
#include <time.h>

static uint64_t instructions(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000ull + now.tv_nsec;
}

static void measure(const char *name, int64_t (*kernel)(void)) {
    uint64_t call = instructions();
    uint64_t before = instructions();
    int64_t checksum = kernel();
    uint64_t after = instructions();
    printf("kernel %s 0x%llx 0x%llx\n", name,
            (unsigned long long) (after - before - (before - call)), (unsigned long long) checksum);
}

int main(void) {
    measure_all();
    return 0;
}
#else
#include "bare.h"

void bench_main(void) {
    measure_all();
    sbi(0x53525354, 0, 0);
}
#endif
