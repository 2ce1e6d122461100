"""The practice bank: a separate small site that speaks the gateways' own protocols, without real money.

`python -m sandbox` serves it on 127.0.0.1, never in production; tests start it with `sandbox.server.running`.
The site reaches it only by its base URL, as it would reach a real gateway, and never imports it.
"""
