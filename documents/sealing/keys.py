"""The operator's key and certificate: read from a folder outside the project, or made for development."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

KEY, CERTIFICATE, CHAIN, ROOT = "operator.key", "operator.pem", "chain.pem", "root.pem"
_DAYS = 365 * 3
_NAME = "Ký số của hệ thống (dùng thử)"


def has_seal(folder: Path) -> bool:
    """Whether the folder holds a key and a certificate to seal with."""
    return (folder / KEY).is_file() and (folder / CERTIFICATE).is_file()


@cache
def signer_of(folder: Path, passphrase: str) -> Any:
    """The signer of the folder, read once a process. ValueError when its files do not belong together."""
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415 - half a second, only sealing pays for it

    chain = folder / CHAIN
    signer = SimpleSigner.load(
        str(folder / KEY),
        str(folder / CERTIFICATE),
        ca_chain_files=(str(chain),) if chain.is_file() else (),
        key_passphrase=passphrase.encode() or None,
    )
    if signer is None:
        message = f"the key and certificate in {folder} cannot be used"
        raise ValueError(message)
    return signer


def make_development_keys(seal: Path, trust: Path, *, now: dt.datetime) -> Path:
    """Make a certificate authority and an operator's certificate for development; return the folder of the key.

    The names say that it is for trial only. The root goes to the folder of trust. FileExistsError when there is a key.
    """
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415

    if has_seal(seal):
        raise FileExistsError(seal / KEY)
    for folder in (seal, trust):
        folder.mkdir(parents=True, exist_ok=True)
    root_key, key = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    root = issue("Cơ quan chứng thực dùng thử", root_key, None, None, now=now)
    leaf = issue(_NAME, key, root, root_key, now=now)
    _write_key(seal / KEY, key)
    (seal / CERTIFICATE).write_bytes(_pem(leaf))
    (seal / CHAIN).write_bytes(_pem(root))
    (trust / ROOT).write_bytes(_pem(root))
    return seal


def issue(name: str, key: Any, issuer: Any, issuer_key: Any, *, now: dt.datetime, days: int = _DAYS) -> Any:
    """A certificate for a key: signed by the issuer, or by itself as a root when there is none."""
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415

    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name.encode()[:64].decode(errors="ignore"))])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=days))
    )
    for extension, critical in _extensions(key, issuer_key, authority=issuer is None):
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(issuer_key or key, hashes.SHA256())


def _extensions(key: Any, issuer_key: Any, *, authority: bool) -> list[tuple[Any, bool]]:
    from cryptography import x509  # noqa: PLC0415

    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    return [
        (x509.BasicConstraints(ca=authority, path_length=None), True),
        (
            x509.KeyUsage(
                digital_signature=not authority,
                content_commitment=not authority,
                key_cert_sign=authority,
                crl_sign=authority,
                **usage,
            ),
            True,
        ),
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key((issuer_key or key).public_key()), False),
    ]


def _write_key(path: Path, key: Any) -> None:
    from cryptography.hazmat.primitives import serialization as form  # noqa: PLC0415

    path.touch(mode=0o600)
    path.write_bytes(
        key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()),
    )


def _pem(certificate: Any) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415

    written: bytes = certificate.public_bytes(Encoding.PEM)
    return written
