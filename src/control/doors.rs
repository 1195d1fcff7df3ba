//! The connections: no more than so many at once, not all of them one machine's, and none that says nothing for long.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use indexmap::IndexMap;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, Sleep, sleep},
};

/// Connections at once: the clients', and those that are still to be turned away.
const MOST: usize = 64;
/// Of one address: who opens doors and says nothing leaves some for the others.
const MOST_EACH: usize = 48;
/// A connection that says nothing for so long is closed. WebSocket clients answer pings.
const SILENCE: Duration = Duration::from_secs(30);
/// Until it is tried again when the system has no connection to give.
const PAUSE: Duration = Duration::from_secs(1);

/// Where clients come in.
pub(super) struct Doors {
    listener: TcpListener,
    room: Arc<Semaphore>,
    guests: Guests,
}

impl Doors {
    pub fn new(listener: TcpListener) -> Self {
        Self { listener, room: Arc::new(Semaphore::new(MOST)), guests: Guests::default() }
    }
}

/// Connections by address.
#[derive(Clone, Debug, Default)]
struct Guests(Arc<Mutex<IndexMap<IpAddr, usize>>>);

/// One connection of an address, as long as it is there.
struct Guest {
    guests: Guests,
    who: IpAddr,
}

impl Guests {
    /// None where the address has as many as it may.
    fn enter(&self, who: IpAddr) -> Option<Guest> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = known.entry(who).or_default();
        (*count < MOST_EACH).then(|| {
            *count += 1;
            Guest { guests: self.clone(), who }
        })
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut known = self.guests.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = known.get_mut(&self.who) {
            *count -= 1;
            if *count == 0 {
                known.swap_remove(&self.who);
            }
        }
    }
}

impl Listener for Doors {
    type Io = Line;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Line, SocketAddr) {
        loop {
            let Ok(place) = Arc::clone(&self.room).acquire_owned().await else {
                std::future::pending::<()>().await;
                continue;
            };
            match self.listener.accept().await {
                Ok((stream, addr)) => {
                    let Some(guest) = self.guests.enter(addr.ip()) else { continue };
                    // Small answers must not wait for each other; a system that cannot say so still works.
                    let _nagle = stream.set_nodelay(true).is_err();
                    let silence = Box::pin(sleep(SILENCE));
                    return (Line { stream, silence, _place: place, _guest: guest }, addr);
                }
                Err(error) => {
                    tracing::warn!("a client could not be accepted: {error}");
                    sleep(PAUSE).await;
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// Who is at the other end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caller(pub SocketAddr);

impl Connected<IncomingStream<'_, Doors>> for Caller {
    fn connect_info(stream: IncomingStream<'_, Doors>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// One connection.
pub(super) struct Line {
    stream: TcpStream,
    silence: Pin<Box<Sleep>>,
    _place: OwnedSemaphorePermit,
    _guest: Guest,
}

impl AsyncRead for Line {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let read = Pin::new(&mut this.stream).poll_read(cx, buf);
        if read.is_ready() {
            this.silence.as_mut().reset(Instant::now() + SILENCE);
        } else if this.silence.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        read
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_does_not_take_all_doors() {
        let guests = Guests::default();
        let (one, other) = (IpAddr::from([10, 0, 0, 7]), IpAddr::from([10, 0, 0, 8]));
        let inside: Vec<_> = (0..MOST).filter_map(|_| guests.enter(one)).collect();
        assert!(inside.len() == MOST_EACH && guests.enter(other).is_some());
        drop(inside);
        assert!(guests.enter(one).is_some());
        assert!(guests.0.lock().unwrap().is_empty(), "who has gone is not remembered");
    }
}
