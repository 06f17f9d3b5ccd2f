//! What the pages of the audit log ask the server.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::{
    Page,
    audit::{AuditQuery, AuditRow},
};

use crate::{
    codec::{Text, Told},
    failure::Failure,
};

/// One page of the audit log.
#[server(endpoint = "audit/list", input = GetUrl, output = Text)]
pub async fn list_audit(query: AuditQuery) -> Result<Told<Page<AuditRow>>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    Told::of(&ask.operations.audit_page(&ask.caller, &query).await?)
}

/// One entry of the audit log.
#[server(endpoint = "audit/get", input = GetUrl, output = Text)]
pub async fn get_entry(act: String) -> Result<Told<AuditRow>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    let act = ask.parse(&act)?;
    Told::of(&ask.operations.audit_entry(&ask.caller, act).await?)
}
