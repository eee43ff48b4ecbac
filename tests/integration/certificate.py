"""A self-signed certificate for a test, made by OpenSSL's own program, and a client that trusts it alone."""

import http.client
import os
import ssl
import subprocess


def write_pair(folder, name="localhost"):
    """The paths of the certificate and of its key."""
    certificate, key = os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", f"/CN={name}", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-out", certificate, "-keyout", key], check=True, capture_output=True)
    return certificate, key


def connection_to(port, certificate):
    """Over TLS, to whoever has that certificate and to nobody else."""
    context = ssl.create_default_context(cafile=certificate)
    return http.client.HTTPSConnection("127.0.0.1", port, context=context, timeout=60)
