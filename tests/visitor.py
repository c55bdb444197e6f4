"""Somebody at a browser without scripts: keeps cookies, fills in forms, nothing more."""

import http.client
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

HIDDEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Answer:
    """What the server said."""

    status: int
    location: str
    text: str


@dataclass
class Visitor:
    """One session with a server of this machine; copies share it."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> Answer:
        """Send one request on a connection of its own."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields | {"csrfmiddlewaretoken": self.token})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            for header in response.headers.get_all("Set-Cookie") or []:
                self.cookies |= {key: each.value for key, each in SimpleCookie(header).items()}
            text = response.read().decode("utf-8")
            return Answer(response.status, response.headers.get("Location", ""), text)
        finally:
            connection.close()

    def open(self, path: str) -> Answer:
        """Open a page and remember the token of its form."""
        answer = self.ask("GET", path)
        found = HIDDEN.search(answer.text)
        if found:
            self.token = found.group(1)
        return answer

    def send(self, path: str, **fields: str) -> Answer:
        """Send a form."""
        return self.ask("POST", path, fields)

    def copy(self) -> "Visitor":
        """The same session for another thread."""
        return Visitor(self.port, dict(self.cookies), self.token)
