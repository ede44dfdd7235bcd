"""A private Dovecot for the tests: IMAP on loopback with and without TLS, LMTP to put mail in.

Any user name is a mailbox of its own, empty at first; the password is the same for all.
"""

import grp
import imaplib
import itertools
import os
import select
import shutil
import signal
import smtplib
import subprocess
from pathlib import Path

from core.frozen import frozen
from tests.servers.shared import free_port, shared, unprivileged

MISSING = "Dovecot 2.3 is not installed (Debian 12: apt-get install dovecot-imapd dovecot-lmtpd)"
PASSWORD = "open-sesame"
_numbers = itertools.count(1)

_CONFIGURATION = """
base_dir = {room}/run
state_dir = {room}/state
log_path = {room}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{room}/certificate.pem
ssl_key = <{room}/key.pem
disable_plaintext_auth = no
mail_location = maildir:~/Maildir
first_valid_uid = 1
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
namespace inbox {{
  inbox = yes
  separator = /
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={room}/mail/%u allow_all_users=yes
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
"""


@frozen(slots=False)
class DovecotMailbox:
    """One test's mailbox. `certificate` is the server's own, to be trusted by the test's TLS context."""

    user: str
    imap_port: int
    imaps_port: int
    lmtp_port: int
    certificate: Path
    host: str = "127.0.0.1"
    password: str = PASSWORD

    def deliver(self, *mails: bytes) -> None:
        """Puts raw mails into the inbox, exactly as they are but for the Return-Path and Received on top."""
        with smtplib.LMTP(self.host, self.lmtp_port) as lmtp:
            for mail in mails:
                lmtp.sendmail("sender@example.org", [self.user], mail)

    def look(self) -> imaplib.IMAP4:
        """A second client's view, logged in; used as a context manager it logs out."""
        client = imaplib.IMAP4(self.host, self.imap_port)
        client.login(self.user, self.password)
        return client


def installed() -> bool:
    """Dovecot 2.3 with LMTP; 2.4 speaks another configuration language."""
    program = _program()
    if not program or not Path("/usr/lib/dovecot/lmtp").exists():
        return False
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return version.startswith("2.3.")


def mailbox() -> DovecotMailbox:
    """A mailbox that no other test uses."""
    directory, ports = shared("dovecot", _start)
    return DovecotMailbox(
        user=f"shop{os.getpid()}x{next(_numbers)}@example.com",
        imap_port=ports["imap"],
        imaps_port=ports["imaps"],
        lmtp_port=ports["lmtp"],
        certificate=directory / "certificate.pem",
    )


def stop(directory: Path) -> None:
    """Stops the run's server and its children."""
    master = int((directory / "run/master.pid").read_text())
    process = os.pidfd_open(master)
    os.kill(master, signal.SIGTERM)
    # Readable once the process is gone: only then may its directory go, too.
    select.select([process], [], [], 10)
    os.close(process)


def _program() -> str | None:
    # Debian keeps it where only root's PATH leads.
    return shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")


def _start(directory: Path) -> dict[str, int]:
    ports = {name: free_port() for name in ("imap", "imaps", "lmtp")}
    keeper = unprivileged("mail")
    internal, login = unprivileged("dovecot"), unprivileged("dovenull")
    (directory / "mail").mkdir()
    os.chown(directory / "mail", keeper.pw_uid, keeper.pw_gid)
    directory.chmod(0o755)
    _make_certificate(directory)
    configuration = directory / "dovecot.conf"
    configuration.write_text(
        _CONFIGURATION.format(
            room=directory,
            uid=keeper.pw_uid,
            gid=keeper.pw_gid,
            internal=internal.pw_name,
            internal_group=grp.getgrgid(internal.pw_gid).gr_name,
            login=login.pw_name,
            password=PASSWORD,
            **ports,
        )
    )
    # Dovecot goes to the background only when it listens on all its ports.
    with (directory / "output").open("w") as output:
        subprocess.run(
            [str(_program()), "-c", configuration],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=True,
        )
    return ports


def _make_certificate(directory: Path) -> None:
    options = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    names = "subjectAltName=IP:127.0.0.1,DNS:localhost"
    files = ["-keyout", str(directory / "key.pem"), "-out", str(directory / "certificate.pem")]
    subprocess.run(
        ["openssl", "req", "-x509", *options.split(), "-addext", names, *files], check=True, capture_output=True
    )
