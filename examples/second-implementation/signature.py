"""Keys and signatures: ECDSA P-256 for statements, Ed25519 for logs. Page: docs/spec/signature.md.

Everything here is public, so nothing has to take constant time. Points are kept in projective
coordinates, which need no division on the way.
"""

import hashlib
from functools import lru_cache
from typing import Optional, Tuple

from encoding import sha256
from refusal import require

# Statement keys

PREFIX = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")
P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)

Affine = Tuple[int, int]
Jacobian = Tuple[int, int, int]  # (X, Y, Z) is the point (X / Z^2, Y / Z^3); Z = 0 is infinity
INFINITY: Jacobian = (1, 1, 0)


def read_key(info: bytes) -> Affine:
    """The point of a SubjectPublicKeyInfo."""
    require(len(info) == 91 and info.startswith(PREFIX + b"\x04"), "KEY_MALFORMED")
    x, y = int.from_bytes(info[27:59], "big"), int.from_bytes(info[59:], "big")
    require(x < P and y < P, "KEY_MALFORMED", "a coordinate is not below p")
    require((y * y - (x * x * x - 3 * x + B)) % P == 0, "KEY_MALFORMED", "not on the curve")
    return x, y


def key_id(info: bytes) -> str:
    return sha256(info).hex()


# Statement signatures

def read_signature(der: bytes) -> Tuple[int, int]:
    """r and s of an ECDSA-Sig-Value in strict DER with low s."""
    require(8 <= len(der) <= 72, "SIGNATURE_MALFORMED", "the length")
    require(der[0] == 0x30 and der[1] == len(der) - 2, "SIGNATURE_MALFORMED", "no sequence")
    r, rest = _read_der_integer(der[2:])
    s, rest = _read_der_integer(rest)
    require(not rest, "SIGNATURE_MALFORMED", "something stands behind s")
    require(1 <= r < N, "SIGNATURE_MALFORMED", "r is out of bounds")
    require(1 <= s <= (N - 1) // 2, "SIGNATURE_MALFORMED", "s is out of bounds")
    return r, s


def _read_der_integer(der: bytes) -> Tuple[int, bytes]:
    require(len(der) >= 3 and der[0] == 0x02, "SIGNATURE_MALFORMED", "no integer")
    end = 2 + der[1]
    require(1 <= der[1] < 0x80 and end <= len(der), "SIGNATURE_MALFORMED", "a length")
    digits = der[2:end]
    require(digits[0] < 0x80, "SIGNATURE_MALFORMED", "negative")
    shortest = len(digits) == 1 or digits[0] != 0 or digits[1] > 0x7F
    require(shortest, "SIGNATURE_MALFORMED", "a leading zero too many")
    return int.from_bytes(digits, "big"), der[end:]


@lru_cache(maxsize=10_000)
def verifies_p256(info: bytes, message: bytes, der: bytes) -> bool:
    """FIPS 186-5 section 6.4.2, with SHA-256."""
    key = read_key(info)
    r, s = read_signature(der)
    e = int.from_bytes(sha256(message), "big")
    w = pow(s, -1, N)
    total = _multiply_add(e * w % N, G, r * w % N, key)
    if total[2] == 0:
        return False
    z = pow(total[2], -1, P)
    return total[0] * z * z % P % N == r


def verify_p256(info: bytes, message: bytes, der: bytes) -> None:
    require(verifies_p256(info, message, der), "SIGNATURE_INVALID")


def _double(point: Jacobian) -> Jacobian:
    x, y, z = point
    if not y or not z:
        return INFINITY
    yy, zz = y * y % P, z * z % P
    s = 4 * x * yy % P
    m = 3 * (x - zz) * (x + zz) % P
    x3 = (m * m - 2 * s) % P
    return x3, (m * (s - x3) - 8 * yy * yy) % P, 2 * y * z % P


def _add(point: Jacobian, other: Jacobian) -> Jacobian:
    x1, y1, z1 = point
    x2, y2, z2 = other
    if not z1:
        return other
    if not z2:
        return point
    zz1, zz2 = z1 * z1 % P, z2 * z2 % P
    u1, u2 = x1 * zz2 % P, x2 * zz1 % P
    s1, s2 = y1 * z2 * zz2 % P, y2 * z1 * zz1 % P
    if u1 == u2:
        return _double(point) if s1 == s2 else INFINITY
    h, r = u2 - u1, s2 - s1
    hh = h * h % P
    hhh, v = h * hh % P, u1 * hh % P
    x3 = (r * r - hhh - 2 * v) % P
    return x3, (r * (v - x3) - s1 * hhh) % P, h * z1 * z2 % P


def _multiply_add(a: int, p: Affine, b: int, q: Affine) -> Jacobian:
    """a·p + b·q, both on the way at once (Shamir's trick)."""
    first, second = (*p, 1), (*q, 1)
    choices = (None, first, second, _add(first, second))
    total = INFINITY
    for bit in range(max(a.bit_length(), b.bit_length()) - 1, -1, -1):
        total = _double(total)
        choice = (a >> bit & 1) | (b >> bit & 1) << 1
        if choice:
            total = _add(total, choices[choice])
    return total


# Log keys

Q = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, Q) % Q
SQRT_MINUS_1 = pow(2, (Q - 1) // 4, Q)
SMALL_ORDER_Y = frozenset((
    0, 1, Q - 1,
    0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
    0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
))

Extended = Tuple[int, int, int, int]  # (X, Y, Z, T) is the point (X / Z, Y / Z), and T = XY / Z
NEUTRAL: Extended = (0, 1, 1, 0)
BASE_Y = 4 * pow(5, -1, Q) % Q


@lru_cache(maxsize=10_000)
def verifies_ed25519(key: bytes, message: bytes, signature: bytes) -> bool:
    """The five rules of the page, in their order."""
    if len(key) != 32 or len(signature) != 64:                                              # 1
        return False
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    if s >= L:                                                                              # 2
        return False
    if not _is_canonical(key) or not _is_canonical(r):                                      # 3
        return False
    if _y(key) in SMALL_ORDER_Y or _y(r) in SMALL_ORDER_Y:                                  # 4
        return False
    a = _decompress(key)                                                                    # 5
    if a is None:
        return False
    k = int.from_bytes(hashlib.sha512(r + key + message).digest(), "little") % L
    x, y, z, t = a
    return _compress(_edwards_multiply_add(s, BASE, k, (Q - x, y, z, Q - t))) == r


def verify_ed25519(key: bytes, message: bytes, signature: bytes) -> None:
    require(verifies_ed25519(key, message, signature), "SIGNATURE_INVALID")


def _y(encoded: bytes) -> int:
    return int.from_bytes(encoded, "little") & (1 << 255) - 1


def _is_canonical(encoded: bytes) -> bool:
    y, sign = _y(encoded), encoded[31] >> 7
    return y < Q and not (sign and y in (1, Q - 1))  # x is 0 where y is 1 or -1


def _decompress(encoded: bytes) -> Optional[Extended]:
    """RFC 8032 section 5.1.3, for encodings that are canonical."""
    y, sign = _y(encoded), encoded[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, Q) % Q
    x = pow(square, (Q + 3) // 8, Q)
    if (x * x - square) % Q:
        x = x * SQRT_MINUS_1 % Q
    if (x * x - square) % Q:
        return None
    if x & 1 != sign:
        x = Q - x
    return x, y, 1, x * y % Q


def _compress(point: Extended) -> bytes:
    x, y, z, _ = point
    inverse = pow(z, -1, Q)
    x, y = x * inverse % Q, y * inverse % Q
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _edwards_double(p: Extended) -> Extended:
    a, b, c = p[0] * p[0] % Q, p[1] * p[1] % Q, 2 * p[2] * p[2] % Q
    h = a + b
    e, g = h - (p[0] + p[1]) ** 2 % Q, a - b
    f = c + g
    return e * f % Q, g * h % Q, f * g % Q, e * h % Q


def _edwards_add(p: Extended, q: Extended) -> Extended:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % Q, (p[1] + p[0]) * (q[1] + q[0]) % Q
    c, d = 2 * p[3] * q[3] * D % Q, 2 * p[2] * q[2] % Q
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % Q, g * h % Q, f * g % Q, e * h % Q


def _edwards_multiply_add(a: int, p: Extended, b: int, q: Extended) -> Extended:
    choices = (NEUTRAL, p, q, _edwards_add(p, q))
    total = NEUTRAL
    for bit in range(max(a.bit_length(), b.bit_length()) - 1, -1, -1):
        total = _edwards_double(total)
        choice = (a >> bit & 1) | (b >> bit & 1) << 1
        if choice:
            total = _edwards_add(total, choices[choice])
    return total


BASE = _decompress(BASE_Y.to_bytes(32, "little"))
