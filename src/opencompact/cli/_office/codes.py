"""Second factors of the invented office: secrets anybody may know, and the codes they give."""

import hmac
from base64 import b32decode
from datetime import datetime
from hashlib import sha256

INVENTED = "@sample.invalid"


def secret_of(role: str) -> str:
    """Base32 letters of a checksum: the same secret for the same role each time."""
    return "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[byte % 32] for byte in sha256(role.encode()).digest())


def code_now(role: str, *, at: datetime) -> str:
    """The one-time code of a role's secret at that instant: RFC 6238, six digits, a new one each 30 seconds."""
    mac = hmac.digest(b32decode(secret_of(role)), (int(at.timestamp()) // 30).to_bytes(8, "big"), "sha1")
    start = mac[-1] & 15
    return f"{(int.from_bytes(mac[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"
