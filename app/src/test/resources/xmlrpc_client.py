"""Drives the XML-RPC interface with Python's own client, over a unix socket or a port.

Arguments: the address (unix:/PATH or http://HOST:PORT/PATH), then lines of JSON on standard input,
each [method, arguments...]. Prints one line of JSON for each: {"value": ...} or {"fault": [code, text]}.
"""
import http.client
import json
import socket
import sys
import xmlrpc.client


class Connection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(self.path)


class Transport(xmlrpc.client.Transport):
    def __init__(self, path):
        super().__init__()
        self.path = path

    def make_connection(self, host):
        return Connection(self.path)


address = sys.argv[1]
if address.startswith("unix:"):
    server = xmlrpc.client.ServerProxy("http://localhost/RPC2", transport=Transport(address[5:]))
else:
    server = xmlrpc.client.ServerProxy(address)
for line in sys.stdin:
    method, *arguments = json.loads(line)
    try:
        if method == "multicall":
            calls = xmlrpc.client.MultiCall(server)
            for inner, *rest in arguments:
                getattr(calls, inner)(*rest)
            results = calls()
            value = [results[i] for i in range(len(arguments))]
        else:
            value = getattr(server, method)(*arguments)
        print(json.dumps({"value": value}, default=str))
    except xmlrpc.client.Fault as fault:
        print(json.dumps({"fault": [fault.faultCode, fault.faultString]}))
