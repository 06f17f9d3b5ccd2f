//! What the overview and the frame around every page ask the server.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::{
    Aged, Freshness,
    licences::TenantSeats,
    tenant::{Frame, Tenant},
};

use crate::{
    codec::{Text, Told},
    failure::Failure,
};

/// Who is signed in, where, and how long yet.
#[server(endpoint = "frame", input = GetUrl, output = Text)]
pub async fn get_frame() -> Result<Told<Frame>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    Told::of(&ask.operations.frame(&ask.caller).await)
}

/// The tenant.
#[server(endpoint = "tenant/get", input = GetUrl, output = Text)]
pub async fn get_tenant(freshness: Freshness) -> Result<Told<Aged<Tenant>>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    Told::of(&ask.operations.tenant(&ask.caller, freshness).await?)
}

/// The seats of the tenant.
#[server(endpoint = "licences/tenant", input = GetUrl, output = Text)]
pub async fn get_tenant_seats(freshness: Freshness) -> Result<Told<Aged<TenantSeats>>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    Told::of(&ask.operations.tenant_seats(&ask.caller, freshness).await?)
}
