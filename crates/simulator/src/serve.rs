//! The listener: accepts connections, and breaks one off when a fault asks for it.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tower::Service;

use crate::faults::answers::BreakOff;
use crate::world::World;
use crate::{Details, Options, control, door};

/// A pretend vendor at work in this process; dropping it stops it and its connections.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    details: Details,
    world: World,
    task: JoinHandle<()>,
}

/// Starts the pretend vendor on a listener that the caller has bound.
pub async fn start(options: Options, listener: TcpListener) -> io::Result<Running> {
    let address = listener.local_addr()?;
    let base_url = format!("http://{}", reachable(address));
    let world = World::build(&options, base_url);
    let details = Details::of(&world);
    let router = control::router(&world).merge(door::router(&world));
    let task = tokio::spawn(accept(listener, router));
    Ok(Running { address, details, world, task })
}

impl Running {
    /// Where the pretend vendor listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Addresses and demo credentials.
    pub fn details(&self) -> &Details {
        &self.details
    }

    /// The handle with which tests look into the world and change it.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Waits until the listener ends; in practice until this future is dropped.
    pub async fn stopped(mut self) {
        // An aborted or panicked listener has stopped as well: there is nothing to tell apart.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// An address that a client on this machine can use, also when the listener is bound to all of them.
fn reachable(address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        return SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), address.port());
    }
    address
}

/// Further clients wait in the operating system's queue.
const MOST_CONNECTIONS: usize = 2_000;

/// Accepts for ever. The connections live in the set, so that aborting this task ends them too.
async fn accept(listener: TcpListener, router: Router) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept(), if connections.len() < MOST_CONNECTIONS => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(converse(stream, router.clone()));
                }
                // Out of file handles is the usual cause; a pause lets connections end.
                Err(_) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Serves one connection; an answer marked `BreakOff` ends it without a byte.
async fn converse(stream: TcpStream, router: Router) {
    // Small answers must not wait for the next packet; a socket that refuses still works.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| respond(router.clone(), request));
    // The error is the client's leaving or our own breaking off: both are expected here.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn respond(mut router: Router, request: hyper::Request<Incoming>) -> io::Result<Response> {
    let request: Request = request.map(Body::new);
    let answer: Result<Response, Infallible> = router.call(request).await;
    match answer {
        Ok(response) if response.extensions().get::<BreakOff>().is_some() => {
            Err(io::Error::from(io::ErrorKind::ConnectionReset))
        }
        Ok(response) => Ok(response),
        Err(never) => match never {},
    }
}
