//! A connection with faults: bytes are carried both ways, late, slowly, not at all, until it falls.

use std::{sync::Arc, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, split},
    sync::{mpsc, watch},
    time::{Instant, sleep, sleep_until},
};

use super::{Faults, Sky};

/// Bytes that are carried at once, and such portions on their way.
const PORTION: usize = 16 * 1024;
const UNDER_WAY: usize = 64;

/// Carries bytes between the two until one of them closes or the connection is to fall.
pub(in crate::feed) async fn carry<A, B>(a: A, b: B, faults: Arc<Faults>)
where
    A: AsyncRead + AsyncWrite + Unpin,
    B: AsyncRead + AsyncWrite + Unpin,
{
    let (number, seed) = faults.number();
    let (mut dice, mut fallen) = (fastrand::Rng::with_seed(seed), faults.sky.subscribe());
    let ((a_in, a_out), (b_in, b_out)) = (split(a), split(b));
    let way = |dice| Way { number, sky: faults.sky.subscribe(), dice };
    let (there, back) = (way(dice.fork()), way(dice.fork()));
    tokio::select! {
        biased;
        _ = fallen.wait_for(|sky| sky.fallen > number) => {}
        () = there.carry(a_in, b_out) => {}
        () = back.carry(b_in, a_out) => {}
    }
}

/// One direction.
struct Way {
    number: u64,
    sky: watch::Receiver<Sky>,
    dice: fastrand::Rng,
}

impl Way {
    /// Ends when nothing more can come or be brought.
    async fn carry(self, from: impl AsyncRead + Unpin, to: impl AsyncWrite + Unpin) {
        let (sender, portions) = mpsc::channel(UNDER_WAY);
        let sky = self.sky.clone();
        let number = self.number;
        tokio::join!(self.take(from, sender), bring(to, portions, sky, number));
    }

    async fn take(mut self, mut from: impl AsyncRead + Unpin, portions: mpsc::Sender<(Instant, Vec<u8>)>) {
        let (mut buffer, mut due) = (vec![0; PORTION], Instant::now());
        loop {
            let len = from.read(&mut buffer).await.unwrap_or(0);
            if len == 0 {
                return;
            }
            let most = self.sky.borrow().delay_most;
            // What is said later does not come sooner.
            due = due.max(Instant::now() + most.mul_f64(self.dice.f64()));
            if portions.send((due, buffer[..len].to_vec())).await.is_err() {
                return;
            }
        }
    }
}

async fn bring(
    mut to: impl AsyncWrite + Unpin,
    mut portions: mpsc::Receiver<(Instant, Vec<u8>)>,
    mut sky: watch::Receiver<Sky>,
    number: u64,
) {
    while let Some((due, portion)) = portions.recv().await {
        if due > Instant::now() {
            sleep_until(due).await;
        }
        let mut rest = portion.as_slice();
        while !rest.is_empty() {
            let passes = |sky: &Sky| !sky.stalled && sky.hushed <= number;
            let Ok(now) = sky.wait_for(passes).await.map(|sky| *sky) else { return };
            let bytes_per_s = now.bytes_per_s.map(|rate| rate.max(1) as usize);
            let len = rest.len().min(bytes_per_s.map_or(usize::MAX, |rate| rate.div_ceil(20)));
            let (some, others) = rest.split_at(len);
            if to.write_all(some).await.is_err() || to.flush().await.is_err() {
                return;
            }
            rest = others;
            if let Some(rate) = bytes_per_s {
                let pause = Duration::from_secs_f64(len as f64 / rate as f64);
                // A way that is free again is not waited for.
                tokio::select! {
                    () = sleep(pause) => {}
                    _ = sky.wait_for(|sky| sky.bytes_per_s.is_none()) => {}
                }
            }
        }
    }
    let _gone = to.shutdown().await.is_err();
}
