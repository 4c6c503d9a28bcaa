"""``followup-lint proxy``: the check between a mail program and its server."""

from __future__ import annotations

import argparse
import asyncio
import signal
import ssl
from collections.abc import Sequence
from contextlib import suppress

from ..presend.relay import Address, Encryption
from .checking import checker_of
from .options import add_rules, parser
from .problem import Problem
from .sending import add_sending
from .settings import find_settings

_SUBMISSIONS = 465


def run(arguments: Sequence[str]) -> int:
    """Serve until the process is told to end."""
    try:
        from ..presend.proxy import Setting, serve
    except ModuleNotFoundError as missing:
        raise Problem(f"proxy: needs the package {missing.name}; install followup-lint[proxy]") from None
    options = _options(arguments)
    listen, relay = _address("--listen", options.listen), _address("--relay", options.relay)
    identity = _identity(options)
    guarded = not listen.is_loopback
    if guarded and identity is None:
        raise Problem("--listen: others could connect there; give --tls-cert and --tls-key, or a loopback address")
    setting = Setting(listen, relay, _encryption(options, relay), _trust(options), identity, guarded)
    checker = checker_of(options, find_settings(options), "spawn")
    checker.start()

    def ready(where: Address) -> None:
        print(f"followup-lint proxy: listening on {where}, relay {relay} ({setting.encryption})", flush=True)

    async def main() -> None:
        stop = asyncio.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError):  # on Windows Ctrl-C ends the loop instead
                asyncio.get_running_loop().add_signal_handler(name, stop.set)
        await serve(setting, checker, ready, stop)

    try:
        asyncio.run(main())
    except OSError as problem:
        raise Problem(f"--listen: {listen}: {problem.strerror or problem}") from None
    finally:
        checker.close()
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    made = parser("proxy", "Passes mail on to its server; a flawed follow-up is refused with its findings.")
    made.add_argument("--listen", metavar="HOST:PORT", default="127.0.0.1:2525", help="default: 127.0.0.1:2525")
    made.add_argument("--relay", metavar="HOST:PORT", required=True, help="the server that takes your mail")
    made.add_argument("--relay-tls", choices=tuple(Encryption),
                      help="default: tls on port 465, none on this machine, else starttls")
    made.add_argument("--relay-ca", metavar="FILE", help="certificates to trust instead of the system's (PEM)")
    made.add_argument("--tls-cert", metavar="FILE", help="the certificate to show to mail programs (PEM)")
    made.add_argument("--tls-key", metavar="FILE", help="its key (PEM)")
    add_sending(made)
    add_rules(made)
    return made.parse_args(arguments)


def _address(option: str, text: str) -> Address:
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > 65_535 or not host.strip("[]"):
        raise Problem(f"{option}: {text!r} is no HOST:PORT")
    return Address(host.strip("[]"), int(port))


def _encryption(options: argparse.Namespace, relay: Address) -> Encryption:
    if options.relay_tls:
        return Encryption(options.relay_tls)
    if relay.port == _SUBMISSIONS:
        return Encryption.TLS
    return Encryption.NONE if relay.is_loopback else Encryption.STARTTLS


def _trust(options: argparse.Namespace) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=options.relay_ca)
    except (OSError, ssl.SSLError) as problem:
        raise Problem(f"--relay-ca: {options.relay_ca}: {problem.strerror or problem}") from None


def _identity(options: argparse.Namespace) -> ssl.SSLContext | None:
    if not options.tls_cert:
        if options.tls_key:
            raise Problem("--tls-key: give --tls-cert as well")
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(options.tls_cert, options.tls_key)
    except (OSError, ssl.SSLError) as problem:
        raise Problem(f"--tls-cert: {options.tls_cert}: {problem.strerror or problem}") from None
    return context
