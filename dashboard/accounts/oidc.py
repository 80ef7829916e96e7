"""Signing in through an OpenID provider: authorization code with PKCE, state and nonce; nothing is kept here.

What has to be remembered between leaving and coming back travels in a cookie that only this installation can read,
holds for ten minutes and is used once. The libraries behind it take 10 MB: only an installation with a provider
imports this module, at the first sign-in (dashboard/accounts/pages/sign_in_oidc.py).
"""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from authlib.integrations.base_client import BaseApp, OAuth2Mixin, OAuthError, OpenIDMixin
from authlib.integrations.requests_client import OAuth2Session
from requests import RequestException

from models.accounts.account_secrets import decrypt, encrypt
from models.config.secret import secret_key
from models.config.settings import Settings

log = logging.getLogger(__name__)
COOKIE, PURPOSE, HOLDS_SECONDS = "dang-nhap-oidc", "oidc-state", 600
WAIT_SECONDS = 10
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
STRONG = frozenset({"mfa", "otp", "hwk"})

AWAY = "Không kết nối được nơi đăng nhập của cơ quan. Thử lại sau ít phút, hoặc đăng nhập bằng mật khẩu."
STALE = "Lần đăng nhập này không bắt đầu từ trình duyệt này hoặc đã quá 10 phút. Đăng nhập lại từ đầu."
DENIED = "Nơi đăng nhập của cơ quan đã từ chối. Thử lại, hoặc hỏi người quản trị."
UNTRUSTED = "Trả lời của nơi đăng nhập không hợp lệ nên không được nhận. Đăng nhập lại từ đầu."
NOT_KNOWN_THERE = (
    "Nơi đăng nhập không nhận hệ thống này. Người quản trị kiểm tra OIDC_CLIENT_ID và OIDC_CLIENT_SECRET; "
    "trong lúc chờ, đăng nhập bằng mật khẩu."
)
NOT_SECURE = "OIDC_ISSUER cần địa chỉ https. Người quản trị sửa cấu hình rồi khởi động lại."


class OidcError(Exception):
    """Nobody was signed in; the message is a Vietnamese sentence, `status` the HTTP status that fits."""

    def __init__(self, sentence: str, status: int = 403) -> None:
        super().__init__(sentence)
        self.status = status


class _Provider(OpenIDMixin, OAuth2Mixin, BaseApp):  # type: ignore[misc]  # Authlib has no types
    client_cls = OAuth2Session


def start(settings: Settings, redirect_uri: str, return_to: str) -> tuple[str, str]:
    """The address to send the browser to, and the cookie that remembers why; raises OidcError."""
    provider = _provider(settings)
    try:
        made = provider.create_authorization_url(redirect_uri)
    except (RequestException, RuntimeError, ValueError) as error:
        raise _told(error, AWAY, 503) from error
    kept = {name: made[name] for name in ("state", "nonce", "code_verifier")}
    text = json.dumps({**kept, "redirect_uri": redirect_uri, "return_to": return_to})
    return made["url"], encrypt(text, secret_key(settings), PURPOSE)


def finish(settings: Settings, cookie: str, sent: Mapping[str, str]) -> tuple[dict[str, Any], str]:
    """The proved claims and the address to go to; raises OidcError with a sentence for everything that is not right."""
    kept = json.loads(decrypt(cookie, secret_key(settings), PURPOSE, not_older=HOLDS_SECONDS) or "null")
    if not kept or not hmac.compare_digest(kept["state"].encode(), sent.get("state", "").encode()):
        raise OidcError(STALE)
    if sent.get("error") or not sent.get("code"):
        log.warning("the OpenID provider refused: %.200r", sent.get("error", "no code"))
        raise OidcError(DENIED)
    provider = _provider(settings)
    try:
        token = provider.fetch_access_token(
            kept["redirect_uri"], code=sent["code"], code_verifier=kept["code_verifier"]
        )
        claims = _claims(provider, settings, token, kept["nonce"])
    except RequestException as error:
        raise _told(error, AWAY, 503) from error
    except OAuthError as error:  # the code is wrong, old or used, or we are not known there
        is_ours = error.error in ("invalid_client", "unauthorized_client")
        raise _told(error, *((NOT_KNOWN_THERE, 503) if is_ours else (UNTRUSTED, 403))) from error
    except Exception as error:  # whatever a false token makes the libraries raise
        raise _told(error, UNTRUSTED) from error
    return claims, str(kept["return_to"])


def is_strong(claims: Mapping[str, Any]) -> bool:
    """Whether the provider says that a second factor was used (RFC 8176)."""
    methods = claims.get("amr")
    return isinstance(methods, list) and bool(STRONG.intersection(map(str, methods)))


def _claims(provider: _Provider, settings: Settings, token: dict[str, Any], nonce: str) -> dict[str, Any]:
    claims = provider.parse_id_token(token, nonce, leeway=30)
    audience = (claims or {}).get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if not claims or settings.oidc_client_id not in audiences or not str(claims.get("sub") or ""):
        raise ValueError("the ID token is not for us")
    wanted = (settings.oidc_username_claim, settings.oidc_name_claim, settings.oidc_roles_claim)
    if all(name in claims for name in wanted) or not provider.server_metadata.get("userinfo_endpoint"):
        return dict(claims)
    more = provider.userinfo(token=token)
    if more.get("sub") != claims["sub"]:
        raise ValueError("the user information is about somebody else")
    return {**more, **claims}


def _provider(settings: Settings) -> _Provider:
    """The provider as its discovery document describes it; raises OidcError when it cannot be read."""
    issuer = settings.oidc_issuer
    if not _is_safe(issuer):
        raise OidcError(NOT_SECURE, 503)
    provider = _Provider(
        framework=None,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret or None,
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile",
            "code_challenge_method": "S256",
            "default_timeout": WAIT_SECONDS,
        },
    )
    try:
        metadata = provider.load_server_metadata()
    except (RequestException, ValueError) as error:
        raise _told(error, AWAY, 503) from error
    if str(metadata.get("issuer", "")).rstrip("/") != issuer:
        raise _told(ValueError(f"issuer is {metadata.get('issuer')!r}"), UNTRUSTED)
    provider.client_kwargs["token_endpoint_auth_method"] = _proof(settings, metadata)
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [name for name in offered if name in SIGNED_BY]
    return provider


def _proof(settings: Settings, metadata: Mapping[str, Any]) -> str:
    """How we prove ourselves to the provider: by our secret as it wants it, or by PKCE alone."""
    if not settings.oidc_client_secret:
        return "none"
    taken = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return "client_secret_basic" if "client_secret_basic" in taken else "client_secret_post"


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _told(error: Exception, sentence: str, status: int = 403) -> OidcError:
    """The cause goes to the log, without what the provider sent along; the reader gets the sentence."""
    log.warning("signing in through OpenID failed: %s: %.200s", type(error).__name__, error)
    return OidcError(sentence, status)
