//! What a feed needs of the network: a byte stream to a host and a port. A simulation brings its own.

use std::{future::Future, io};

use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};

/// Opens byte streams.
pub(super) trait Net {
    type Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static;

    fn connect(&self, host: &str, port: u16) -> impl Future<Output = io::Result<Self::Stream>> + Send;
}

/// The machine's own network.
pub(super) struct Tcp;

impl Net for Tcp {
    type Stream = TcpStream;

    async fn connect(&self, host: &str, port: u16) -> io::Result<TcpStream> {
        let stream = TcpStream::connect((host, port)).await?;
        // Small messages must not wait for each other; a system that cannot say so still works.
        let _nagle = stream.set_nodelay(true).is_err();
        Ok(stream)
    }
}
