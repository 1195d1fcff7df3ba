//! What a feed needs of the network: a host's addresses, and a byte stream to one of them. A simulation brings its own.

use std::{future::Future, io, net::SocketAddr};

use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, lookup_host},
};

/// Opens byte streams.
pub(super) trait Net {
    type Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static;

    /// Where this host is, the address that is best tried first coming first.
    fn addresses(&self, host: &str, port: u16) -> impl Future<Output = io::Result<Vec<SocketAddr>>> + Send;

    fn connect(&self, addr: SocketAddr) -> impl Future<Output = io::Result<Self::Stream>> + Send;
}

/// The machine's own network.
pub(super) struct Tcp;

impl Net for Tcp {
    type Stream = TcpStream;

    async fn addresses(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok(lookup_host((host, port)).await?.collect())
    }

    async fn connect(&self, addr: SocketAddr) -> io::Result<TcpStream> {
        let stream = TcpStream::connect(addr).await?;
        // Small messages must not wait for each other; a system that cannot say so still works.
        let _nagle = stream.set_nodelay(true).is_err();
        Ok(stream)
    }
}
