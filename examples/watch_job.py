#!/usr/bin/env python3
"""Watches a job of a Flamenco Server until it ends, or queues a task again. Needs nothing beside Python 3.8.

    FLAMENCO_TOKEN=... python3 watch_job.py http://server:8090 watch JOB
    FLAMENCO_TOKEN=... python3 watch_job.py http://server:8090 requeue TASK

Both use the event bus (docs/bus.md), which speaks SockJS. Its HTTP streaming is used here, so no WebSocket library is
needed: one request stays open and brings a line per message, others say what to listen to and what to do.
"""
import json
import os
import sys
import threading
import urllib.request
import uuid

ENDED = {"completed", "failed", "canceled", "archived", "construction-failed", ""}


class Bus:
    """One connection to the bus; iterating over it yields its messages, until the Server lets go of it."""

    def __init__(self, url, token):
        self.url = url.rstrip("/")
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.session = f"{self.url}/eventbus/000/{uuid.uuid4().hex}"

    def request(self, url, data=None, timeout=30):
        return urllib.request.urlopen(urllib.request.Request(url, data, self.headers), timeout=timeout)

    def get(self, path):
        with self.request(self.url + path) as answer:
            return json.load(answer)

    def say(self, **message):
        self.request(self.session + "/xhr_send", json.dumps([json.dumps(message)]).encode()).close()

    def keep_alive(self, over):
        while not over.wait(20):
            self.say(type="ping")

    def __iter__(self):
        over = threading.Event()
        with self.request(self.session + "/xhr_streaming", b"", timeout=90) as stream:
            try:
                for line in stream:
                    if line == b"o\n":
                        threading.Thread(target=self.keep_alive, args=(over,), daemon=True).start()
                        yield {"type": "open"}
                    for text in json.loads(line[1:]) if line.startswith(b"a") else []:
                        message = json.loads(text)
                        if message["type"] == "err":
                            sys.exit(message["message"])
                        yield message
            finally:
                over.set()


def show(job):
    done = job["tasks"]["by_status"].get("completed", 0)
    print(f"{job['status'] or 'deleted'}: {done} of {job['tasks']['total']} tasks are completed", flush=True)
    return job["status"] in ENDED


def watch(url, token, job):
    while True:  # The Server lets go of a stream now and then; what was missed meanwhile is in the job itself.
        bus = Bus(url, token)
        for message in bus:
            known = message.get("body", {})
            if message["type"] == "open":
                bus.say(type="register", address="server.job.status-changed", replyAddress="registered")
                continue
            if message["address"] == "registered":
                known = {"job_id": job, **bus.get(f"/api/v1/jobs/{job}")}
            if known["job_id"] == job and show(known):
                return 0 if known["status"] == "completed" else 1


def requeue(url, token, task):
    bus = Bus(url, token)
    for message in bus:
        if message["type"] == "open":
            order = {"task_id": task, "successors": False}
            bus.say(type="send", address="server.task.requeue", body=order, replyAddress="done")
        else:
            print(message["body"]["status"])
            return 0


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[2] not in ("watch", "requeue"):
        sys.exit(__doc__)
    what = {"watch": watch, "requeue": requeue}[sys.argv[2]]
    sys.exit(what(sys.argv[1], os.environ.get("FLAMENCO_TOKEN", ""), sys.argv[3]))
