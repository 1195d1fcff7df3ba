//! HTTP: every request passes the gate, then its route.

use std::{
    net::IpAddr,
    sync::{Arc, LazyLock},
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{ConnectInfo, FromRequestParts, State as Shared, ws::WebSocketUpgrade},
    http::{
        HeaderValue, Method, Request, StatusCode,
        header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{
    doors::Caller,
    gate::Shown,
    role::Role,
    socket, spare,
    switchboard::{CLIENTS, Switchboard},
    turned::{Turned, quoted},
    verbs::{self, MESSAGE_BYTES, VERBS},
};
use crate::desk::{Command, State};

/// The routes.
pub(super) fn router(board: Arc<Switchboard>) -> Router {
    // One door for all, so that no route can be forgotten at the gate.
    Router::new().fallback(request).with_state(board)
}

async fn request(
    Shared(board): Shared<Arc<Switchboard>>,
    ConnectInfo(caller): ConnectInfo<Caller>,
    request: Request<Body>,
) -> Response {
    let who = caller.0.ip();
    let (parts, body) = request.into_parts();
    match route(&board, who, parts, body).await {
        Ok(response) => response,
        Err(turned) => refusal(&board.turned(turned, who)),
    }
}

async fn route(board: &Arc<Switchboard>, who: IpAddr, mut parts: Parts, body: Body) -> Result<Response, Turned> {
    let path = parts.uri.path().to_owned();
    let shown = board.gate.as_ref().ok_or(Turned::NoToken)?.pass(who, &parts.headers, &parts.uri)?;
    // Who has shown no token takes none of the time of those who have, whose address may be the same.
    if let Shown::Token(role) = shown {
        let commands = role == Role::Operate && parts.method == Method::POST;
        let paces = if commands { &board.paces } else { &board.looks };
        if !paces.allow(who, Instant::now()) {
            return Err(Turned::TooFast { most: paces.most });
        }
    }
    let is_socket = path == "/v1/ws" && parts.method == Method::GET;
    if is_socket && let Ok(upgrade) = WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        return socket::open(board, upgrade, shown, who);
    }
    if path == spare::PATH
        && parts.method == Method::GET
        && let Ok(upgrade) = WebSocketUpgrade::from_request_parts(&mut parts, &()).await
    {
        return spare::open(board, upgrade, shown, who);
    }
    let Shown::Token(role) = shown else { return Err(Turned::NoToken) };
    let _place = board.clients.try_acquire().map_err(|_| Turned::TooMany { most: CLIENTS })?;
    let verb = path.strip_prefix("/v1/").filter(|name| VERBS.contains(name));
    let wanted = match path.as_str() {
        "/v1/state" | "/v1/schema" | "/v1/ws" => Method::GET,
        "/v1/command" => Method::POST,
        _ if verb.is_some() => Method::POST,
        _ => return Err(Turned::NoRoute { path: quoted(&path) }),
    };
    if parts.method != wanted {
        let method = if wanted == Method::GET { "GET" } else { "POST" };
        return Err(Turned::Method { path: quoted(&path), method });
    }
    match path.as_str() {
        "/v1/state" => {
            let state = Arc::clone(&board.states.borrow());
            Ok(answer(StatusCode::OK, &if role == Role::View { json!(state.for_viewers()) } else { json!(*state) }))
        }
        "/v1/schema" => Ok(written(StatusCode::OK, SCHEMA.clone())),
        "/v1/ws" => Err(Turned::Method { path, method: "GET (Upgrade: websocket)" }),
        _ if role == Role::View => Err(Turned::ViewOnly),
        _ => {
            let body = to_bytes(body, MESSAGE_BYTES).await.map_err(|_| Turned::TooLarge { most: MESSAGE_BYTES })?;
            let command = match verb {
                Some(verb) => verbs::verb(verb, verbs::json(&body)?)?,
                None => verbs::message(&body).1?,
            };
            Switchboard::answer(board.give(command)?).await?;
            Ok(answer(StatusCode::OK, &json!({"ok": true})))
        }
    }
}

/// What commands and state look like. It takes as long to make as many a command, and is always the same.
static SCHEMA: LazyLock<Bytes> = LazyLock::new(|| {
    let (command, state) = (schemars::schema_for!(Command), schemars::schema_for!(State));
    json!({"command": command, "state": state, "verbs": VERBS}).to_string().into()
});

pub(super) fn refusal(turned: &Turned) -> Response {
    let status = StatusCode::from_u16(turned.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let mut response = answer(status, &json!({"error": turned.body()}));
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Turned::Guessing { seconds } = turned {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*seconds));
    }
    if let Turned::Method { method, .. } = turned {
        response
            .headers_mut()
            .insert(ALLOW, HeaderValue::from_static(&method[..method.find(' ').unwrap_or(method.len())]));
    }
    response
}

fn answer(status: StatusCode, value: &Value) -> Response {
    written(status, value.to_string().into())
}

fn written(status: StatusCode, text: Bytes) -> Response {
    let json = HeaderValue::from_static("application/json; charset=utf-8");
    let headers = [(CONTENT_TYPE, json), (CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (status, headers, text).into_response()
}
