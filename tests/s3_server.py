"""A real S3 server on the loopback address, with an empty bucket."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from moto.server import ThreadedMotoServer

from followthrough.web.files.storage import S3

KEYS = {
    "AWS_ACCESS_KEY_ID": "of-the-tests",
    "AWS_SECRET_ACCESS_KEY": "of-the-tests",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@contextmanager
def s3_server() -> Iterator[str]:
    """Serve; yield the setting that keeps files in the bucket, below ``reg``. The keys are in the environment."""
    before = {name: os.environ.get(name) for name in KEYS}
    os.environ.update(KEYS)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        _host, port = server.get_host_and_port()
        address = f"s3://evidence/reg?endpoint=http://127.0.0.1:{port}&region=us-east-1"
        S3(address).client.create_bucket(Bucket="evidence")
        yield address
    finally:
        server.stop()
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
