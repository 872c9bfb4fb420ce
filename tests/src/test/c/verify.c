// The twin, in C, of what the loader verifies with (k23.loader.crypto): the same algorithms, in
// the way in which C writes them: 128-bit products, everything through pointers.
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bare.h"

typedef unsigned __int128 u128;
typedef uint64_t u64;

enum { DATA_BYTES = 1 << 20, DIGITS = 254, BASE_WIDTH = 6, KEY_WIDTH = 5 };

static const uint8_t KEY[32] = {
    0xfc, 0x51, 0xcd, 0x8e, 0x62, 0x18, 0xa1, 0xa3, 0x8d, 0xa4, 0x7e, 0xd0, 0x02, 0x30, 0xf0, 0x58,
    0x08, 0x16, 0xed, 0x13, 0xba, 0x33, 0x03, 0xac, 0x5d, 0xeb, 0x91, 0x15, 0x48, 0x90, 0x80, 0x25};
static const uint8_t SIGNATURE[64] = {
    0x62, 0x91, 0xd6, 0x57, 0xde, 0xec, 0x24, 0x02, 0x48, 0x27, 0xe6, 0x9c, 0x3a, 0xbe, 0x01, 0xa3,
    0x0c, 0xe5, 0x48, 0xa2, 0x84, 0x74, 0x3a, 0x44, 0x5e, 0x36, 0x80, 0xd7, 0xdb, 0x5a, 0xc3, 0xac,
    0x18, 0xff, 0x9b, 0x53, 0x8d, 0x16, 0xf2, 0x90, 0xae, 0x67, 0xf7, 0x60, 0x98, 0x4d, 0xc6, 0x59,
    0x4a, 0x7c, 0x15, 0xe9, 0x71, 0x6e, 0xd2, 0x8d, 0xc0, 0x27, 0xbe, 0xce, 0xea, 0x1e, 0xc4, 0x0a};
static const uint8_t MESSAGE[2] = {0xaf, 0x82};

static u64 data[DATA_BYTES / 8];

void *memset(void *target, int value, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) ((uint8_t *) target)[i] = (uint8_t) value;
    return target;
}

void *memcpy(void *target, const void *source, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) ((uint8_t *) target)[i] = ((const uint8_t *) source)[i];
    return target;
}

// SHA-512

static u64 K[80];
static const u64 INITIAL[8] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};

typedef struct {
    u64 state[8];
    uint8_t block[128];
    size_t filled;
    u64 total;
} sha512;

static bool cube_fits(u128 root, uint32_t prime) {
    // root^3 < prime * 2^192, with 67 bits of root: by parts of 32 bits.
    uint32_t r[3] = {(uint32_t) root, (uint32_t) (root >> 32), (uint32_t) (root >> 64)};
    u64 square[7] = {0}, cube[10] = {0};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            u64 p = (u64) r[i] * r[j];
            square[i + j] += (uint32_t) p;
            square[i + j + 1] += p >> 32;
        }
    for (int i = 0; i < 6; i++) square[i + 1] += square[i] >> 32, square[i] &= 0xffffffff;
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < 3; j++) {
            u64 p = square[i] * r[j];
            cube[i + j] += (uint32_t) p;
            cube[i + j + 1] += p >> 32;
        }
    for (int i = 0; i < 9; i++) cube[i + 1] += cube[i] >> 32, cube[i] &= 0xffffffff;
    return (cube[6] | cube[7] << 32) < prime && cube[8] == 0;
}

static void make_constants(void) {
    int n = 0;
    for (uint32_t p = 2; n < 80; p++) {
        bool prime = true;
        for (uint32_t d = 2; d * d <= p; d++) prime &= p % d != 0;
        if (!prime) continue;
        u128 root = 0;
        for (int bit = 66; bit >= 0; bit--)
            if (cube_fits(root | (u128) 1 << bit, p)) root |= (u128) 1 << bit;
        K[n++] = (u64) root;
    }
}

static inline u64 rotr(u64 x, int n) { return x >> n | x << (64 - n); }

#define ROUND(a, b, c, d, e, f, g, h, i) \
    t = h + (rotr(e, 14) ^ rotr(e, 18) ^ rotr(e, 41)) + (g ^ (e & (f ^ g))) + k[i] + w[i]; \
    d += t; \
    h = t + (rotr(a, 28) ^ rotr(a, 34) ^ rotr(a, 39)) + (b ^ ((a ^ b) & (b ^ c)));
#define EIGHT(i) \
    ROUND(a, b, c, d, e, f, g, h, i) ROUND(h, a, b, c, d, e, f, g, i + 1) \
    ROUND(g, h, a, b, c, d, e, f, i + 2) ROUND(f, g, h, a, b, c, d, e, i + 3) \
    ROUND(e, f, g, h, a, b, c, d, i + 4) ROUND(d, e, f, g, h, a, b, c, i + 5) \
    ROUND(c, d, e, f, g, h, a, b, i + 6) ROUND(b, c, d, e, f, g, h, a, i + 7)

static void compress(u64 s[8], u64 w[16]) {
    u64 a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7], t;
    for (int group = 0; group < 80; group += 16) {
        if (group != 0)
            for (int i = 0; i < 16; i++) {
                u64 x = w[(i + 1) & 15], y = w[(i + 14) & 15];
                w[i] += (rotr(x, 1) ^ rotr(x, 8) ^ x >> 7) + w[(i + 9) & 15]
                        + (rotr(y, 19) ^ rotr(y, 61) ^ y >> 6);
            }
        const u64 *k = K + group;
        EIGHT(0) EIGHT(8)
    }
    s[0] += a, s[1] += b, s[2] += c, s[3] += d, s[4] += e, s[5] += f, s[6] += g, s[7] += h;
}

static u64 reversed(u64 x) {
    x = (x >> 8 & 0x00ff00ff00ff00ff) | (x & 0x00ff00ff00ff00ff) << 8;
    x = (x >> 16 & 0x0000ffff0000ffff) | (x & 0x0000ffff0000ffff) << 16;
    return x >> 32 | x << 32;
}

static void compress_at(u64 s[8], const u64 *block) {
    u64 w[16];
    for (int i = 0; i < 16; i++) w[i] = reversed(block[i]);
    compress(s, w);
}

static void reset(sha512 *h) {
    for (int i = 0; i < 8; i++) h->state[i] = INITIAL[i];
    h->filled = 0;
    h->total = 0;
}

static void append(sha512 *h, uint8_t byte) {
    h->block[h->filled++] = byte;
    if (h->filled == 128) {
        u64 w[16];
        for (int i = 0; i < 16; i++) {
            w[i] = 0;
            for (int j = 0; j < 8; j++) w[i] = w[i] << 8 | h->block[8 * i + j];
        }
        h->filled = 0;
        compress(h->state, w);
    }
}

static void update(sha512 *h, const uint8_t *bytes, size_t count) {
    h->total += count;
    size_t i = 0;
    while (i < count) {
        if (h->filled == 0 && count - i >= 128) {
            compress_at(h->state, (const u64 *) (bytes + i));
            i += 128;
        } else {
            append(h, bytes[i++]);
        }
    }
}

static void digest(sha512 *h, uint8_t out[64]) {
    u64 bits = h->total << 3, high = h->total >> 61;
    append(h, 0x80);
    while (h->filled != 112) append(h, 0);
    for (int i = 7; i >= 0; i--) append(h, (uint8_t) (high >> 8 * i));
    for (int i = 7; i >= 0; i--) append(h, (uint8_t) (bits >> 8 * i));
    for (int i = 0; i < 64; i++) out[i] = (uint8_t) (h->state[i >> 3] >> (56 - 8 * (i & 7)));
}

// The field of integers modulo 2^255 - 19

typedef struct { u64 v[5]; } fe;

static const u64 MASK = ((u64) 1 << 51) - 1;
static const fe ONE = {{1}};
static fe D, TWO_D, ROOT;

static void fe_carry(fe *r) {
    u64 *v = r->v;
    for (int i = 0; i < 4; i++) v[i + 1] += v[i] >> 51, v[i] &= MASK;
    v[0] += 19 * (v[4] >> 51);
    v[4] &= MASK;
}

static void fe_add(fe *r, const fe *a, const fe *b) {
    for (int i = 0; i < 5; i++) r->v[i] = a->v[i] + b->v[i];
}

static void fe_sub(fe *r, const fe *a, const fe *b) {
    r->v[0] = a->v[0] + 4 * (MASK - 18) - b->v[0];
    for (int i = 1; i < 5; i++) r->v[i] = a->v[i] + 4 * MASK - b->v[i];
}

static void fe_neg(fe *r, const fe *a) {
    fe zero = {{0}};
    fe_sub(r, &zero, a);
    fe_carry(r);
}

static void fe_join(fe *r, u128 r0, u128 r1, u128 r2, u128 r3, u128 r4) {
    r1 += (u64) (r0 >> 51);
    r2 += (u64) (r1 >> 51);
    r3 += (u64) (r2 >> 51);
    r4 += (u64) (r3 >> 51);
    u64 low = ((u64) r0 & MASK) + 19 * (u64) (r4 >> 51);
    r->v[0] = low & MASK;
    r->v[1] = ((u64) r1 & MASK) + (low >> 51);
    r->v[2] = (u64) r2 & MASK;
    r->v[3] = (u64) r3 & MASK;
    r->v[4] = (u64) r4 & MASK;
}

static __attribute__((noinline)) void fe_mul(fe *r, const fe *x, const fe *y) {
    u64 a0 = x->v[0], a1 = x->v[1], a2 = x->v[2], a3 = x->v[3], a4 = x->v[4];
    u64 b0 = y->v[0], b1 = y->v[1], b2 = y->v[2], b3 = y->v[3], b4 = y->v[4];
    u64 c1 = 19 * b1, c2 = 19 * b2, c3 = 19 * b3, c4 = 19 * b4;
    u128 r0 = (u128) a0 * b0 + (u128) a1 * c4 + (u128) a2 * c3 + (u128) a3 * c2 + (u128) a4 * c1;
    u128 r1 = (u128) a0 * b1 + (u128) a1 * b0 + (u128) a2 * c4 + (u128) a3 * c3 + (u128) a4 * c2;
    u128 r2 = (u128) a0 * b2 + (u128) a1 * b1 + (u128) a2 * b0 + (u128) a3 * c4 + (u128) a4 * c3;
    u128 r3 = (u128) a0 * b3 + (u128) a1 * b2 + (u128) a2 * b1 + (u128) a3 * b0 + (u128) a4 * c4;
    u128 r4 = (u128) a0 * b4 + (u128) a1 * b3 + (u128) a2 * b2 + (u128) a3 * b1 + (u128) a4 * b0;
    fe_join(r, r0, r1, r2, r3, r4);
}

static __attribute__((noinline)) void fe_sq(fe *r, const fe *x) {
    u64 a0 = x->v[0], a1 = x->v[1], a2 = x->v[2], a3 = x->v[3], a4 = x->v[4];
    u64 d0 = 2 * a0, d1 = 2 * a1, d2 = 2 * a2, c3 = 19 * a3, c4 = 19 * a4;
    u128 r0 = (u128) a0 * a0 + (u128) d1 * c4 + (u128) d2 * c3;
    u128 r1 = (u128) d0 * a1 + (u128) d2 * c4 + (u128) a3 * c3;
    u128 r2 = (u128) d0 * a2 + (u128) a1 * a1 + (u128) (2 * a3) * c4;
    u128 r3 = (u128) d0 * a3 + (u128) d1 * a2 + (u128) a4 * c4;
    u128 r4 = (u128) d0 * a4 + (u128) d1 * a3 + (u128) a2 * a2;
    fe_join(r, r0, r1, r2, r3, r4);
}

static void fe_sqn(fe *r, const fe *a, int n) {
    *r = *a;
    for (int i = 0; i < n; i++) fe_sq(r, r);
}

static void fe_pow250(fe *r, const fe *a) {
    fe z2, z4, z5, z10, z20, z50, z100, t;
    fe_sq(&t, a), fe_mul(&z2, &t, a);
    fe_sqn(&t, &z2, 2), fe_mul(&z4, &t, &z2);
    fe_sq(&t, &z4), fe_mul(&z5, &t, a);
    fe_sqn(&t, &z5, 5), fe_mul(&z10, &t, &z5);
    fe_sqn(&t, &z10, 10), fe_mul(&z20, &t, &z10);
    fe_sqn(&t, &z20, 20), fe_mul(&t, &t, &z20);
    fe_sqn(&t, &t, 10), fe_mul(&z50, &t, &z10);
    fe_sqn(&t, &z50, 50), fe_mul(&z100, &t, &z50);
    fe_sqn(&t, &z100, 100), fe_mul(&t, &t, &z100);
    fe_sqn(&t, &t, 50), fe_mul(r, &t, &z50);
}

static void fe_pow252(fe *r, const fe *a) {
    fe t;
    fe_pow250(&t, a);
    fe_sqn(&t, &t, 2);
    fe_mul(r, &t, a);
}

static void fe_inverse(fe *r, const fe *a) {
    fe square, t, eleventh;
    fe_sq(&square, a);
    fe_sqn(&t, &square, 2);
    fe_mul(&t, &t, &square);
    fe_mul(&eleventh, &t, a);
    fe_pow250(&t, a);
    fe_sqn(&t, &t, 5);
    fe_mul(r, &t, &eleventh);
}

static void fe_reduce(fe *r) {
    fe_carry(r);
    fe_carry(r);
    u64 over = (r->v[0] + 19) >> 51;
    for (int i = 1; i < 5; i++) over = (r->v[i] + over) >> 51;
    r->v[0] += 19 * over;
    for (int i = 0; i < 4; i++) r->v[i + 1] += r->v[i] >> 51, r->v[i] &= MASK;
    r->v[4] &= MASK;
}

static bool fe_is_zero(fe a) {
    fe_reduce(&a);
    return (a.v[0] | a.v[1] | a.v[2] | a.v[3] | a.v[4]) == 0;
}

static bool fe_is_odd(fe a) {
    fe_reduce(&a);
    return a.v[0] & 1;
}

static bool fe_equal(const fe *a, const fe *b) {
    fe d;
    fe_sub(&d, a, b);
    return fe_is_zero(d);
}

static u64 word(const uint8_t *b) {
    u64 w = 0;
    for (int i = 7; i >= 0; i--) w = w << 8 | b[i];
    return w;
}

static void fe_decode(fe *r, const uint8_t *b) {
    u64 w0 = word(b), w1 = word(b + 8), w2 = word(b + 16), w3 = word(b + 24);
    *r = (fe) {{w0 & MASK, (w0 >> 51 | w1 << 13) & MASK, (w1 >> 38 | w2 << 26) & MASK,
                (w2 >> 25 | w3 << 39) & MASK, w3 >> 12 & MASK}};
}

static void fe_encode(uint8_t *b, fe a) {
    fe_reduce(&a);
    u64 w[4] = {a.v[0] | a.v[1] << 51, a.v[1] >> 13 | a.v[2] << 38, a.v[2] >> 26 | a.v[3] << 25,
                a.v[3] >> 39 | a.v[4] << 12};
    for (int i = 0; i < 32; i++) b[i] = (uint8_t) (w[i >> 3] >> 8 * (i & 7));
}

// The curve

typedef struct { fe x, y, z, t; } point;
typedef struct { fe plus, minus, two_z, two_dt; } addend;

static addend base[1 << (BASE_WIDTH - 2)], minus_key[1 << (KEY_WIDTH - 2)];

static void set_products(point *p, const fe *e, const fe *f, const fe *g, const fe *h, bool t) {
    fe_mul(&p->x, e, f);
    fe_mul(&p->y, g, h);
    fe_mul(&p->z, f, g);
    if (t) fe_mul(&p->t, e, h);
}

static void to_addend(addend *r, const point *p) {
    fe_add(&r->plus, &p->y, &p->x);
    fe_sub(&r->minus, &p->y, &p->x);
    fe_add(&r->two_z, &p->z, &p->z);
    fe_mul(&r->two_dt, &p->t, &TWO_D);
}

static void add(point *p, const addend *q, bool with_t) {
    fe a, b, c, d, e, f, g, h;
    fe_sub(&a, &p->y, &p->x), fe_mul(&a, &a, &q->minus);
    fe_add(&b, &p->y, &p->x), fe_mul(&b, &b, &q->plus);
    fe_mul(&c, &p->t, &q->two_dt);
    fe_mul(&d, &p->z, &q->two_z);
    fe_sub(&e, &b, &a), fe_sub(&f, &d, &c), fe_add(&g, &d, &c), fe_add(&h, &b, &a);
    set_products(p, &e, &f, &g, &h, with_t);
}

static void redouble(point *p, bool with_t) {
    fe a, b, zz, e, f, g, h;
    fe_sq(&a, &p->x), fe_sq(&b, &p->y), fe_sq(&zz, &p->z);
    fe_add(&h, &a, &b);
    fe_add(&e, &p->x, &p->y), fe_sq(&e, &e), fe_sub(&e, &h, &e);
    fe_sub(&g, &a, &b);
    fe_add(&f, &zz, &zz), fe_add(&f, &f, &g);
    set_products(p, &e, &f, &g, &h, with_t);
}

static bool from_y(point *p, const fe *y, bool odd) {
    fe yy, u, v, v3, v7, t, root, check, minus_u;
    fe_sq(&yy, y);
    fe_sub(&u, &yy, &ONE), fe_carry(&u);
    fe_mul(&v, &yy, &D), fe_add(&v, &v, &ONE);
    fe_sq(&v3, &v), fe_mul(&v3, &v3, &v);
    fe_sq(&v7, &v3), fe_mul(&v7, &v7, &v);
    fe_mul(&t, &u, &v7), fe_pow252(&t, &t);
    fe_mul(&root, &u, &v3), fe_mul(&root, &root, &t);
    fe_sq(&check, &root), fe_mul(&check, &check, &v);
    fe_neg(&minus_u, &u);
    if (fe_equal(&check, &minus_u)) fe_mul(&root, &root, &ROOT);
    else if (!fe_equal(&check, &u)) return false;
    if (fe_is_zero(root) && odd) return false;
    if (fe_is_odd(root) != odd) fe_neg(&root, &root);
    p->x = root, p->y = *y, p->z = ONE;
    fe_mul(&p->t, &p->x, &p->y);
    return true;
}

static bool decode(point *p, const uint8_t *b) {
    bool ones = (b[31] & 0x7f) == 0x7f;
    for (int i = 1; i < 31; i++) ones &= b[i] == 0xff;
    if (ones && b[0] >= 0xed) return false;
    fe y;
    fe_decode(&y, b);
    return from_y(p, &y, b[31] >> 7);
}

static void encode(uint8_t *b, const point *p) {
    fe inverse, x, y;
    fe_inverse(&inverse, &p->z);
    fe_mul(&y, &p->y, &inverse), fe_mul(&x, &p->x, &inverse);
    fe_encode(b, y);
    if (fe_is_odd(x)) b[31] |= 0x80;
}

static bool is_small(point *p) {
    for (int i = 0; i < 3; i++) redouble(p, false);
    return fe_is_zero(p->x) && fe_equal(&p->y, &p->z);
}

static void odd_multiples(addend *table, int count, point *p) {
    to_addend(&table[0], p);
    point twice = *p;
    redouble(&twice, true);
    addend step;
    to_addend(&step, &twice);
    for (int i = 1; i < count; i++) {
        add(p, &step, true);
        to_addend(&table[i], p);
    }
}

// Scalars

static const u64 ORDER[4] = {0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0, 0x1000000000000000};

static bool at_least(const u64 *a, const u64 *b) {
    for (int i = 3; i >= 0; i--)
        if (a[i] != b[i]) return a[i] > b[i];
    return true;
}

static void wide_add(u64 *a, const u64 *b) {
    u128 carry = 0;
    for (int i = 0; i < 4; i++) carry += (u128) a[i] + b[i], a[i] = (u64) carry, carry >>= 64;
}

static void wide_sub(u64 *a, const u64 *b) {
    u64 borrow = 0;
    for (int i = 0; i < 4; i++) {
        u128 d = (u128) a[i] - b[i] - borrow;
        a[i] = (u64) d;
        borrow = (u64) (d >> 64) & 1;
    }
}

static void reduce(u64 r[4], const uint8_t *b) {
    u64 wide[8], low[4], high[5];
    for (int i = 0; i < 8; i++) wide[i] = word(b + 8 * i);
    for (int i = 0; i < 4; i++) r[i] = 0;
    for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 4; i++) {
            low[i] = wide[i];
            high[i] = wide[i + 3] >> 60 | wide[i + 4] << 4;
        }
        low[3] &= ~(u64) 0 >> 4;
        high[4] = wide[7] >> 60;
        if ((round & 1) == 0) {
            wide_add(r, low);
            if (at_least(r, ORDER)) wide_sub(r, ORDER);
        } else {
            if (!at_least(r, low)) wide_add(r, ORDER);
            wide_sub(r, low);
        }
        for (int i = 0; i < 8; i++) wide[i] = 0;
        for (int i = 0; i < 5; i++) {
            u64 carry = 0;
            for (int j = 0; j < 2; j++) {
                u128 t = (u128) high[i] * ORDER[j] + wide[i + j] + carry;
                wide[i + j] = (u64) t;
                carry = (u64) (t >> 64);
            }
            wide[i + 2] = carry;
        }
    }
}

static int bit(const u64 *s, int i) { return (int) (s[i >> 6] >> (i & 63)) & 1; }

static void recode(int8_t *digits, const u64 *s, int width) {
    int carry = 0, next = 0;
    for (int i = 0; i < DIGITS; i++) {
        digits[i] = 0;
        if (i < next || bit(s, i) == carry) continue;
        int digit = carry;
        for (int k = 0; k < width && i + k < DIGITS; k++) digit += bit(s, i + k) << k;
        carry = digit >> (width - 1);
        digits[i] = (int8_t) (digit - (carry << width));
        next = i + width;
    }
}

static void add_multiple(point *p, const addend *table, int factor, bool with_t) {
    if (factor > 0) {
        add(p, &table[factor >> 1], with_t);
    } else {
        const addend *q = &table[-factor >> 1];
        addend n = {q->minus, q->plus, q->two_z, q->two_dt};
        fe_neg(&n.two_dt, &n.two_dt);
        add(p, &n, with_t);
    }
}

static bool verify(const uint8_t *key, const uint8_t *signature, const uint8_t *message, size_t n) {
    u64 s[4], k[4];
    for (int i = 0; i < 4; i++) s[i] = word(signature + 32 + 8 * i);
    point p, sum;
    if (at_least(s, ORDER) || !decode(&p, key)) return false;
    sum = p;
    fe_neg(&sum.x, &p.x), fe_neg(&sum.t, &p.t);
    if (is_small(&p)) return false;
    odd_multiples(minus_key, 1 << (KEY_WIDTH - 2), &sum);
    sha512 h;
    uint8_t out[64];
    reset(&h);
    update(&h, signature, 32);
    update(&h, key, 32);
    update(&h, message, n);
    digest(&h, out);
    reduce(k, out);
    int8_t s_digits[DIGITS], k_digits[DIGITS];
    recode(s_digits, s, BASE_WIDTH);
    recode(k_digits, k, KEY_WIDTH);
    fe zero = {{0}};
    sum.x = zero, sum.y = ONE, sum.z = ONE, sum.t = zero;
    for (int i = DIGITS - 1; i >= 0; i--) {
        redouble(&sum, s_digits[i] | k_digits[i]);
        if (k_digits[i]) add_multiple(&sum, minus_key, k_digits[i], s_digits[i]);
        if (s_digits[i]) add_multiple(&sum, base, s_digits[i], false);
    }
    uint8_t encoded[32];
    encode(encoded, &sum);
    int difference = 0;
    for (int i = 0; i < 32; i++) difference |= encoded[i] ^ signature[i];
    return difference == 0 && !is_small(&sum);
}

static void make_tables(void) {
    fe a = {{121665}}, b = {{121666}}, two = {{2}}, four = {{4}}, five = {{5}}, y;
    fe_neg(&a, &a), fe_inverse(&b, &b), fe_mul(&D, &a, &b), fe_add(&TWO_D, &D, &D);
    fe_pow252(&ROOT, &two), fe_sq(&ROOT, &ROOT), fe_mul(&ROOT, &ROOT, &two);
    fe_inverse(&five, &five), fe_mul(&y, &four, &five);
    point p;
    from_y(&p, &y, false);
    odd_multiples(base, 1 << (BASE_WIDTH - 2), &p);
}

static int64_t hash_data(void) {
    sha512 h;
    uint8_t out[64];
    reset(&h);
    update(&h, (const uint8_t *) data, DATA_BYTES);
    digest(&h, out);
    u64 first = 0;
    for (int i = 0; i < 8; i++) first = first << 8 | out[i];
    return (int64_t) first;
}

static int64_t ed25519(void) { return verify(KEY, SIGNATURE, MESSAGE, 2); }

void bench_main(void) {
    make_constants();
    make_tables();
    u64 state = 1;
    for (int i = 0; i < DATA_BYTES / 8; i++) {
        state = state * 6364136223846793005 + 1442695040888963407;
        data[i] = state;
    }
    measure("sha512", hash_data);
    // The same again, for the version that has instructions which this compiler may not use.
    measure("sha512zbb", hash_data);
    measure("ed25519", ed25519);
    sbi(0x53525354, 0, 0);
}
