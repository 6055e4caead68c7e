#!/usr/bin/env python3
"""Watches a job of a Flamenco Server until it ends, or queues a task again, over TCP. Needs nothing beside Python 3.8.

    FLAMENCO_TOKEN=... python3 watch_job_tcp.py server:7000 watch JOB
    FLAMENCO_TOKEN=... python3 watch_job_tcp.py server:7000 requeue TASK

The port is what the Server's settings say under event_bus (docs/bus.md). A message is its length in four bytes and JSON.
"""
import json
import os
import socket
import struct
import sys

ENDED = {"completed", "failed", "canceled", "archived", "construction-failed", ""}


class Bus:
    def __init__(self, place, token):
        host, port = place.rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)))
        self.socket.settimeout(20)
        self.headers = {"authorization": f"Bearer {token}"}

    def say(self, **message):
        text = json.dumps({"headers": self.headers, **message}).encode()
        self.socket.sendall(struct.pack(">i", len(text)) + text)
        self.headers = {}  # The Server knows by now who we are.

    def read(self, length):
        data = b""
        while len(data) < length:
            try:
                piece = self.socket.recv(length - len(data))
            except socket.timeout:
                self.say(type="ping")
                continue
            if not piece:
                sys.exit("the Server has closed the connection")
            data += piece
        return data

    def hear(self):
        """The next message that is no answer to a ping."""
        while True:
            message = json.loads(self.read(struct.unpack(">i", self.read(4))[0]))
            if message["type"] == "err":
                sys.exit(message["message"])
            if message["type"] != "pong":
                return message


def watch(bus, job):
    bus.say(type="register", address="server.job.status-changed", replyAddress="registered")
    while True:
        fact = bus.hear()["body"]
        if fact.get("job_id") == job:
            tasks = fact["tasks"]
            print(f"{fact['status'] or 'deleted'}: {tasks['by_status'].get('completed', 0)} of {tasks['total']} tasks are completed", flush=True)
            if fact["status"] in ENDED:
                return 0 if fact["status"] == "completed" else 1


def requeue(bus, task):
    bus.say(type="send", address="server.task.requeue", body={"task_id": task, "successors": False}, replyAddress="done")
    print(bus.hear()["body"]["status"])
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[2] not in ("watch", "requeue"):
        sys.exit(__doc__)
    what = {"watch": watch, "requeue": requeue}[sys.argv[2]]
    sys.exit(what(Bus(sys.argv[1], os.environ.get("FLAMENCO_TOKEN", "")), sys.argv[3]))
