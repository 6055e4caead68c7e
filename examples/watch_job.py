#!/usr/bin/env python3
"""Watches a job of a Flamenco Server until it ends, or queues a task again. Needs nothing beside Python 3.8.

    python3 watch_job.py http://server:8090 watch JOB
    FLAMENCO_TOKEN=... python3 watch_job.py http://server:8090 requeue TASK

The Server's event bus speaks SockJS. Its HTTP streaming is used here, so no WebSocket library is needed: one request stays
open and brings a line per message, another one says what to listen to.
"""
import json
import os
import sys
import threading
import urllib.request
import uuid

ENDED = {"completed", "failed", "canceled", "archived", "construction-failed"}


class Server:
    def __init__(self, url, token=""):
        self.url = url.rstrip("/")
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {**self.headers, "Content-Type": "application/json", "Accept": "application/json"}
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    def hear(self, *addresses):
        """Yields the body of each message told to these addresses; ends when the Server closes the connection."""
        session = f"{self.url}/eventbus/000/{uuid.uuid4().hex}"

        def say(message):
            body = json.dumps([json.dumps(message)]).encode()
            urllib.request.urlopen(urllib.request.Request(session + "/xhr_send", body, self.headers, method="POST"), timeout=30)

        request = urllib.request.Request(session + "/xhr_streaming", b"", self.headers, method="POST")
        with urllib.request.urlopen(request, timeout=60) as stream:
            for line in stream:
                frame = line.decode().strip()
                if frame == "o":
                    for address in addresses:
                        say({"type": "register", "address": address, "headers": {}})
                    self.keep_alive(say)
                    yield None
                for text in json.loads(frame[1:]) if frame.startswith("a") else []:
                    message = json.loads(text)
                    if message["type"] in ("rec", "message"):
                        yield message["body"]

    @staticmethod
    def keep_alive(say):
        def ping():
            try:
                say({"type": "ping"})
                Server.keep_alive(say)
            except OSError:
                pass  # The session is over.

        timer = threading.Timer(10, ping)
        timer.daemon = True
        timer.start()


def show(status, tasks):
    done = tasks["by_status"].get("completed", 0)
    print(f"{status}: {done} of {tasks['total']} tasks are completed", flush=True)


def watch(server, job):
    while True:  # The Server lets go of a stream now and then; what was missed meanwhile is in the job itself.
        for fact in server.hear("server.job.status-changed"):
            if fact is None:
                known = server.call("GET", f"/api/v1/jobs/{job}")
            elif fact["job_id"] == job:
                known = fact
            else:
                continue
            show(known["status"], known["tasks"])
            if known["status"] in ENDED:
                return 0 if known["status"] == "completed" else 1


def requeue(server, task):
    print(server.call("POST", f"/api/v1/tasks/{task}/requeue", {"successors": False})["status"])
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[2] not in ("watch", "requeue"):
        sys.exit(__doc__)
    what = {"watch": watch, "requeue": requeue}[sys.argv[2]]
    sys.exit(what(Server(sys.argv[1], os.environ.get("FLAMENCO_TOKEN", "")), sys.argv[3]))
