//! Skeleton of the program: serves the skeleton pages.

use anyhow::Result;
use axum::middleware::from_fn_with_state;
use server::headers::{Transport, set_headers};
use server::{assets, pages};

#[tokio::main]
async fn main() -> Result<()> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let routes = pages::routes(assets::built())
        .merge(assets::routes())
        .layer(from_fn_with_state(Transport::Plain, set_headers));
    let listener = tokio::net::TcpListener::bind(&address).await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, routes).await?;
    Ok(())
}
