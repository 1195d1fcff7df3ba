//! Dialling: address, TLS, token, subprotocol, and what each refusal means.
//!
//! A server whose certificate is not trusted is told nothing, the token least of all, and `wss://` never becomes `ws://`.

use std::{io, net::IpAddr, path::Path, sync::Arc, time::Duration};

use rustls::{
    CertificateError, ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use tokio::time::timeout;
use tokio_tungstenite::{
    Connector, MaybeTlsStream, WebSocketStream, client_async_tls_with_config,
    tungstenite::{
        Error,
        client::IntoClientRequest,
        error::{ProtocolError, TlsError},
        handshake::client::Request,
        http::{
            HeaderValue, Uri,
            header::{AUTHORIZATION, SEC_WEBSOCKET_PROTOCOL},
        },
        protocol::WebSocketConfig,
    },
};

use super::{
    net::Net,
    options::{FeedError, FeedOptions},
    problem::FeedProblem,
    token::Token,
};
use crate::show::{
    protocol::SUBPROTOCOL,
    told::{Clause, clause},
};

/// A socket over a byte stream of this network.
pub(super) type Socket<N> = WebSocketStream<MaybeTlsStream<<N as Net>::Stream>>;

/// A message beyond this breaks the connection, for it would have to be held in memory to be refused. Our own, lower
/// limit is checked above the socket, where the connection survives it.
const HARD_LIMIT_BYTES: usize = 16 * 1024 * 1024;

/// An address that does not even take the connection within this is left for the next, or asked again: when a network is
/// back, nobody waits for the retries of a handshake that began while it was gone.
const REACHED_WITHIN: Duration = Duration::from_millis(800);

/// Opens connections to one address.
pub(super) struct Dialer<N> {
    net: N,
    uri: Uri,
    host: String,
    port: u16,
    authorization: Option<HeaderValue>,
    connector: Connector,
    within: Duration,
    /// The address as it may be shown.
    pub shown: String,
}

impl<N: Net> Dialer<N> {
    /// Checks everything that does not need the network.
    pub fn new(net: N, options: &FeedOptions) -> Result<Self, FeedError> {
        let fault = |reason: &str| FeedError::Address { url: options.url.clone(), reason: reason.to_owned() };
        let uri: Uri = match options.url.parse() {
            // The address is not repeated where it may hold a secret.
            _ if options.url.contains('@') || asks_with_a_token(&options.url) => {
                return Err(FeedError::SecretInAddress);
            }
            Ok(uri) => uri,
            Err(_) => return Err(fault("it cannot be read")),
        };
        let host = uri.host().filter(|host| !host.is_empty()).ok_or_else(|| fault("it names no host"))?;
        let (connector, usual_port) = match uri.scheme_str() {
            Some("ws") => (Connector::Plain, 80),
            Some("wss") => (Connector::Rustls(Arc::new(tls(options.ca.as_deref())?)), 443),
            _ => return Err(fault("it does not begin with ws:// or wss://")),
        };
        let named_port = uri.port_u16().map_or_else(String::new, |port| format!(":{port}"));
        let shown = format!("{}://{host}{named_port}{}", uri.scheme_str().unwrap_or("ws"), uri.path());
        let authorization = options.token.as_ref().map(bearer).transpose()?;
        // An IPv6 address stands in brackets only inside an address.
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let port = uri.port_u16().unwrap_or(usual_port);
        Ok(Self { net, uri, host, port, authorization, connector, within: options.timing.connect_within, shown })
    }

    /// Connects, or says why not.
    pub async fn dial(&self) -> Result<Socket<N>, FeedProblem> {
        let config = WebSocketConfig::default()
            .max_message_size(Some(HARD_LIMIT_BYTES))
            .max_frame_size(Some(HARD_LIMIT_BYTES))
            .write_buffer_size(0);
        let reached = self.reach().await?;
        let request = self.request().map_err(|error| self.refusal(error))?;
        let greeting = client_async_tls_with_config(request, reached, Some(config), Some(self.connector.clone()));
        match timeout(self.within, greeting).await {
            Ok(Ok((socket, _response))) => Ok(socket),
            Ok(Err(error)) => Err(self.refusal(error)),
            Err(_late) => Err(self.late(self.within)),
        }
    }

    /// A byte stream to the first of the host's addresses that takes one. The look-up and each address have a time of their
    /// own: a slow one is no reason for the next to fail.
    async fn reach(&self) -> Result<N::Stream, FeedProblem> {
        let addresses = match timeout(self.within, self.net.addresses(&self.host, self.port)).await {
            Ok(found) => found.map_err(|error| self.unreachable(error.to_string()))?,
            Err(_late) => return Err(self.late(self.within)),
        };
        let mut last = None;
        for addr in addresses {
            last = Some(match timeout(REACHED_WITHIN, self.net.connect(addr)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => self.unreachable(error.to_string()),
                Err(_late) => self.late(REACHED_WITHIN),
            });
        }
        // A name that stands for nothing is told in the system's words, too.
        Err(last.unwrap_or_else(|| self.unreachable(io::Error::from(io::ErrorKind::AddrNotAvailable).to_string())))
    }

    /// What the operator is to know of an address that would carry the token past others.
    pub fn in_clear(&self) -> Option<FeedProblem> {
        let host = self.uri.host().unwrap_or_default();
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        let is_here = bare == "localhost" || bare.parse().is_ok_and(|addr: IpAddr| addr.is_loopback());
        let is_clear = matches!(self.connector, Connector::Plain) && self.authorization.is_some();
        (is_clear && !is_here).then(|| FeedProblem::InClear { url: self.shown.clone() })
    }

    fn request(&self) -> Result<Request, Error> {
        let mut request = self.uri.clone().into_client_request()?;
        request.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(SUBPROTOCOL));
        if let Some(value) = &self.authorization {
            request.headers_mut().insert(AUTHORIZATION, value.clone());
        }
        Ok(request)
    }

    fn refusal(&self, error: Error) -> FeedProblem {
        let url = self.shown.clone();
        match error {
            Error::Http(response) if matches!(response.status().as_u16(), 401 | 403) => {
                FeedProblem::Unauthorized { url }
            }
            Error::Http(response) => FeedProblem::Http { url, status: response.status().as_u16() },
            Error::Protocol(ProtocolError::SecWebSocketSubProtocolError(_)) => FeedProblem::Subprotocol { url },
            Error::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref()) {
                Some(fault) => self.untrusted(fault),
                None => self.unreachable(error.to_string()),
            },
            Error::Tls(TlsError::Rustls(fault)) => self.untrusted(&fault),
            other => self.unreachable(other.to_string()),
        }
    }

    fn late(&self, within: Duration) -> FeedProblem {
        let within_ms = u64::try_from(within.as_millis()).unwrap_or(u64::MAX);
        FeedProblem::Late { url: self.shown.clone(), within_ms }
    }

    /// What TLS found wrong.
    fn untrusted(&self, fault: &rustls::Error) -> FeedProblem {
        use CertificateError as Fault;
        let url = self.shown.clone();
        let rustls::Error::InvalidCertificate(fault) = fault else { return self.unreachable(fault.to_string()) };
        match fault {
            Fault::Expired | Fault::ExpiredContext { .. } => FeedProblem::CertificateExpired { url },
            Fault::NotValidYet | Fault::NotValidYetContext { .. } => FeedProblem::CertificateEarly { url },
            Fault::NotValidForName | Fault::NotValidForNameContext { .. } => FeedProblem::CertificateName { url },
            Fault::UnknownIssuer => FeedProblem::CertificateIssuer { url },
            other => FeedProblem::Certificate { url, reason: unfit(other) },
        }
    }

    fn unreachable(&self, reason: String) -> FeedProblem {
        FeedProblem::Unreachable { url: self.shown.clone(), reason }
    }
}

/// What else can be wrong with a certificate.
fn unfit(fault: &CertificateError) -> Clause {
    use CertificateError as Fault;
    match fault {
        Fault::Revoked => clause!("feed-certificate-revoked", "it was revoked"),
        Fault::BadEncoding => clause!("feed-certificate-unreadable", "it cannot be read"),
        Fault::BadSignature => clause!("feed-certificate-signature", "its signature does not hold"),
        Fault::InvalidPurpose | Fault::InvalidPurposeContext { .. } => {
            clause!("feed-certificate-purpose", "it was not made for a server")
        }
        other => {
            // A name for whoever looks after the server; a self-made certificate is often an authority's.
            let code = format!("{other:?}");
            if code.contains("CaUsedAsEndEntity") {
                clause!("feed-certificate-authority", "it is an authority's own, not a server's")
            } else {
                clause!("feed-certificate-other", "it breaks a rule: {code}", code)
            }
        }
    }
}

/// Whether a query brings a token: addresses are seen in the list of processes, and are logged.
fn asks_with_a_token(url: &str) -> bool {
    let is_token = |pair: &str| pair.split('=').next().is_some_and(|name| name.to_ascii_lowercase().contains("token"));
    url.split_once('?').is_some_and(|(_, query)| query.split('&').any(is_token))
}

fn bearer(token: &Token) -> Result<HeaderValue, FeedError> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", token.secret())).map_err(|_shown| FeedError::Token)?;
    // Prints as "Sensitive" wherever a header is printed.
    value.set_sensitive(true);
    Ok(value)
}

/// The system's roots, or only those of `ca`.
fn tls(ca: Option<&Path>) -> Result<ClientConfig, FeedError> {
    let mut roots = RootCertStore::empty();
    if let Some(path) = ca {
        let fault = |reason: String| FeedError::Ca { path: path.to_owned(), reason };
        for certificate in CertificateDer::pem_file_iter(path).map_err(|error| fault(error.to_string()))? {
            let certificate = certificate.map_err(|error| fault(error.to_string()))?;
            roots.add(certificate).map_err(|error| fault(error.to_string()))?;
        }
        if roots.is_empty() {
            return Err(fault("it holds no certificate".to_owned()));
        }
    } else {
        let found = rustls_native_certs::load_native_certs();
        roots.add_parsable_certificates(found.certs);
        if roots.is_empty() {
            let reason = found.errors.first().map_or_else(|| "the store is empty".to_owned(), ToString::to_string);
            return Err(FeedError::Roots { reason });
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

#[cfg(test)]
#[path = "client_tests.rs"]
mod tests;
