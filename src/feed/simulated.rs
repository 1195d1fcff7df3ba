//! The real feed and the reference server on a network in memory and in simulated time, with faults as planned.

use std::{
    collections::BTreeMap,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    io::{DuplexStream, duplex},
    sync::watch,
    task::{JoinHandle, spawn_local},
    time::sleep,
};

use super::{
    net::Net,
    options::{FeedError, FeedOptions},
    outbox::FeedItem,
    serve::{FaultPlan, Faults, failing, moved, room::Room},
    thread::{FeedHandle, Parts},
};
use crate::show::protocol::Envelope;

/// So long after a plan's last fault, messages that it was to alter are still altered.
pub(crate) const GRACE: Duration = Duration::from_secs(1);
/// What is on its way in one direction.
const PIPE_BYTES: usize = 16 * 1024;

/// A scoring system, and the network to it.
#[derive(Clone)]
pub(crate) struct Hall {
    room: Arc<Room>,
    faults: Arc<Faults>,
    stop: watch::Sender<bool>,
}

impl Hall {
    /// A server whose clock shows `start_us` now, and whose log is that of `epoch`. It holds `keep` events.
    pub fn new(start_us: i64, epoch: &str, keep: usize, seed: u64) -> Self {
        let room = Arc::new(Room::new(start_us, keep));
        room.open(epoch);
        Self { room, faults: Faults::new(seed), stop: watch::Sender::new(false) }
    }

    /// Lets the plan come true, to its end; then all is well.
    pub async fn fail(&self, plan: &FaultPlan) {
        self.faults.run(plan).await;
        sleep(GRACE).await;
        self.faults.settle();
    }

    /// The server's clock, µs since the Unix epoch.
    pub fn now_us(&self) -> i64 {
        self.room.set_clock(self.faults.sky.borrow().clock_us);
        self.room.now_us()
    }

    /// How often the scoring system was loaded anew.
    pub fn resets(&self) -> u64 {
        self.faults.sky.borrow().resets
    }

    /// Begins another epoch.
    pub fn open(&self, epoch: &str) {
        self.room.open(epoch);
    }

    /// Says this event at this instant of the server's clock; it comes back as it was said.
    pub fn say(&self, env: &Envelope, epoch: &str, at_us: i64) -> Envelope {
        let said = moved(env, epoch, at_us);
        self.room.push(&said).unwrap();
        said
    }

    /// Waits while nothing that is said would get through: to be asked with an open network only.
    pub fn is_away(&self) -> bool {
        self.faults.sky.borrow().away
    }
}

impl Net for Hall {
    type Stream = DuplexStream;

    async fn addresses(&self, _host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok(vec![(Ipv4Addr::LOCALHOST, port).into()])
    }

    async fn connect(&self, _addr: SocketAddr) -> io::Result<DuplexStream> {
        // As long as a packet takes in a hall.
        sleep(Duration::from_millis(1)).await;
        if self.is_away() {
            return Err(io::ErrorKind::ConnectionRefused.into());
        }
        let (near, far) = duplex(PIPE_BYTES);
        let (room, faults) = (Arc::clone(&self.room), Arc::clone(&self.faults));
        tokio::spawn(failing(far, room, None, self.stop.subscribe(), faults));
        Ok(near)
    }
}

/// What was told, by kind: how many occurrences the items name, and how many items there were.
pub(crate) type Told = Arc<Mutex<BTreeMap<String, (u64, u64)>>>;

/// A feed whose tasks run in simulated time.
pub(crate) struct Simulated {
    pub told: Told,
    tasks: Vec<JoinHandle<()>>,
}

impl Simulated {
    /// Starts a feed to this hall, on the thread's `LocalSet`.
    pub fn start(hall: &Hall, options: FeedOptions, seed: u64) -> Result<(FeedHandle, Self), FeedError> {
        let jitter = fastrand::Rng::with_seed(seed);
        let Parts { keeper, mut bridge, items, handle } = Parts::new(hall.clone(), options, jitter)?;
        let told = Told::default();
        let noted = Arc::clone(&told);
        let forward = async move {
            while let Some(item) = bridge.recv().await {
                if let FeedItem::Problem { kind, count, .. } = &item {
                    let mut told = noted.lock().unwrap_or_else(PoisonError::into_inner);
                    let sum = told.entry(kind.clone()).or_default();
                    *sum = (sum.0 + count, sum.1 + 1);
                }
                let mut next = Some(item);
                while let Some(item) = next.take() {
                    match items.try_send(item) {
                        Ok(()) => {}
                        Err(crossbeam_channel::TrySendError::Full(item)) => {
                            sleep(Duration::from_millis(1)).await;
                            next = Some(item);
                        }
                        Err(crossbeam_channel::TrySendError::Disconnected(_)) => return,
                    }
                }
            }
        };
        let tasks = vec![spawn_local(keeper.keep()), spawn_local(forward)];
        Ok((handle, Self { told, tasks }))
    }

    /// The process dies: no word of farewell.
    pub fn kill(&self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}
