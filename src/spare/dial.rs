//! The spare's end of the line: dialled, and dialled again for as long as the program runs.

use std::{
    sync::{Arc, Mutex, PoisonError},
    thread::{Builder, JoinHandle},
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender, bounded};
use futures_util::{SinkExt, StreamExt};
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{
        Error, Message,
        client::IntoClientRequest,
        handshake::client::Request,
        http::{HeaderValue, Uri, header::AUTHORIZATION},
        protocol::WebSocketConfig,
    },
};

use super::line::{Ends, LINE_BYTES, Line, line};
use crate::{feed::Token, show::told::told};

/// Where remote control has the spare's line.
const PATH: &str = "/v1/spare";
/// Connecting and handshake together have so long: beyond it the other one is as good as dead.
const WITHIN: Duration = Duration::from_millis(1500);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(150);

/// Whose spare this machine is.
#[derive(Clone, Debug)]
pub struct DialOptions {
    /// The remote control of the main one: `ws://ADDR:PORT`, `http://ADDR:PORT` or `ADDR:PORT`.
    pub url: String,
    pub token: Token,
}

/// Why there is no line to the main one; that is tried again and again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DialProblem {
    #[error(
        "the main machine's address \"{url}\" cannot be used; write it as ws://ADDR:PORT, as its remote control listens"
    )]
    Address { url: String },
    #[error("{url} does not take the token; copy the main machine's control token and name it with --spare-token-file")]
    Token { url: String },
    #[error("{url} answers with HTTP status {status}, so it is no remote control of a live session of this version")]
    Http { url: String, status: u16 },
    #[error("{url} cannot be reached: {reason}")]
    Unreachable { url: String, reason: String },
    #[error("{url} gives no answer within {within_ms} ms")]
    Late { url: String, within_ms: u64 },
}

told!(DialProblem {
    Address { url } => "spare-address",
    Token { url } => "spare-token",
    Http { url, status } => "spare-http",
    Unreachable { url, reason } => "spare-unreachable",
    Late { url, within_ms } => "spare-late",
});

/// A line that is kept up. Dropping it hangs up.
#[derive(Debug)]
pub struct Dialler {
    /// Each line as it stands.
    pub lines: Receiver<Line>,
    /// The address as it may be shown.
    pub shown: String,
    problem: Arc<Mutex<Option<DialProblem>>>,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Dialler {
    /// Begins to dial.
    ///
    /// # Errors
    /// What no trying could mend: the address, a token that no header may carry, no thread.
    pub fn start(options: &DialOptions) -> Result<Self, DialProblem> {
        let request = request(options)?;
        let shown = options.url.clone();
        let system = |error: std::io::Error| DialProblem::Unreachable { url: shown.clone(), reason: error.to_string() };
        let (stood, lines) = bounded(4);
        let (stop, stopped) = watch::channel(false);
        let problem = Arc::new(Mutex::new(None));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(system)?;
        let keeper = Keeper { request, shown: shown.clone(), stood, problem: Arc::clone(&problem), stopped };
        let thread = Builder::new().name("spare".to_owned()).spawn(move || {
            runtime.block_on(keeper.keep());
            runtime.shutdown_background();
        });
        Ok(Self { lines, problem, stop, thread: Some(thread.map_err(system)?), shown })
    }

    /// Why there is no line at present, as far as that is known.
    pub fn problem(&self) -> Option<DialProblem> {
        self.problem.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Dialler {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the thread of the spare's line had panicked");
        }
    }
}

fn request(options: &DialOptions) -> Result<Request, DialProblem> {
    let fault = || DialProblem::Address { url: options.url.clone() };
    let (scheme, place) = options.url.split_once("://").unwrap_or(("ws", &options.url));
    let scheme = match scheme {
        "http" => "ws",
        "https" => "wss",
        own => own,
    };
    let url = format!("{scheme}://{place}");
    let uri: Uri = url.parse().map_err(|_| fault())?;
    let is_plain = uri.path() == "/" || uri.path() == PATH;
    if !matches!(uri.scheme_str(), Some("ws" | "wss")) || uri.host().is_none() || url.contains('@') || !is_plain {
        return Err(fault());
    }
    let place = uri.authority().map_or("", |place| place.as_str());
    let mut request = format!("{scheme}://{place}{PATH}").into_client_request().map_err(|_| fault())?;
    let bearer = HeaderValue::from_str(&format!("Bearer {}", options.token.secret()));
    let mut bearer = bearer.map_err(|_| DialProblem::Token { url: options.url.clone() })?;
    // Prints as "Sensitive" wherever a header is printed.
    bearer.set_sensitive(true);
    request.headers_mut().insert(AUTHORIZATION, bearer);
    Ok(request)
}

struct Keeper {
    request: Request,
    shown: String,
    stood: Sender<Line>,
    problem: Arc<Mutex<Option<DialProblem>>>,
    stopped: watch::Receiver<bool>,
}

type Socket = WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>;

impl Keeper {
    async fn keep(mut self) {
        let mut stopped = self.stopped.clone();
        tokio::select! {
            biased;
            _ = stopped.wait_for(|stop| *stop) => {}
            () = self.dial() => {}
        }
    }

    async fn dial(&mut self) {
        loop {
            match self.connect().await {
                Ok(socket) => {
                    let (line, ends) = line(self.shown.clone(), true);
                    self.tell(None);
                    // The program has enough lines already: this one waits for its turn to be dialled again.
                    if self.stood.try_send(line).is_ok() {
                        carry(socket, ends).await;
                    }
                }
                Err(problem) => self.tell(Some(problem)),
            }
            sleep(PAUSE).await;
        }
    }

    fn tell(&self, problem: Option<DialProblem>) {
        *self.problem.lock().unwrap_or_else(PoisonError::into_inner) = problem;
    }

    async fn connect(&self) -> Result<Socket, DialProblem> {
        let url = self.shown.clone();
        let config = WebSocketConfig::default().max_message_size(Some(LINE_BYTES)).max_frame_size(Some(LINE_BYTES));
        let dialling = connect_async_with_config(self.request.clone(), Some(config), true);
        match timeout(WITHIN, dialling).await {
            Ok(Ok((socket, _response))) => Ok(socket),
            Ok(Err(Error::Http(response))) => Err(match response.status().as_u16() {
                401 | 403 => DialProblem::Token { url },
                status => DialProblem::Http { url, status },
            }),
            Ok(Err(error)) => Err(DialProblem::Unreachable { url, reason: error.to_string() }),
            Err(_late) => Err(DialProblem::Late { url, within_ms: WITHIN.as_millis() as u64 }),
        }
    }
}

/// Texts in and out until either end has gone.
async fn carry(mut socket: Socket, ends: Ends) {
    let Ends { inbox, mut outbox } = ends;
    loop {
        tokio::select! {
            heard = socket.next() => match heard {
                Some(Ok(Message::Text(text))) => {
                    if inbox.send(text.as_str().to_owned()).await.is_err() {
                        break;
                    }
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                Some(Ok(_)) => {}
            },
            said = outbox.recv() => {
                let Some(text) = said else { break };
                if !matches!(timeout(WITHIN, socket.send(Message::text(text))).await, Ok(Ok(()))) {
                    break;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(url: &str) -> Result<String, DialProblem> {
        let options = DialOptions { url: url.to_owned(), token: Token::new("0123456789abcdef") };
        request(&options).map(|request| request.uri().to_string())
    }

    #[test]
    fn an_address_is_read_as_people_write_it() {
        for url in ["10.0.0.2:7432", "ws://10.0.0.2:7432", "http://10.0.0.2:7432/", "ws://10.0.0.2:7432/v1/spare"] {
            assert_eq!(asked(url).unwrap(), "ws://10.0.0.2:7432/v1/spare", "{url}");
        }
        assert_eq!(asked("https://10.0.0.2").unwrap(), "wss://10.0.0.2/v1/spare");
        for url in ["", "ftp://10.0.0.2", "ws://me:secret@10.0.0.2", "ws://10.0.0.2/other", "ws://"] {
            assert!(matches!(asked(url), Err(DialProblem::Address { .. })), "{url}");
        }
    }
}
