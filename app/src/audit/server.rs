//! What the pages of the audit log ask the server.
#![allow(missing_docs, reason = "the macro makes a struct of the arguments and has no words for its fields")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::{
    Page,
    audit::{AuditQuery, AuditRow},
};

use crate::failure::Failure;

/// One page of the audit log.
#[server(endpoint = "audit/list", input = GetUrl)]
pub async fn list_audit(query: AuditQuery) -> Result<Page<AuditRow>, Failure> {
    let ask = crate::ask::Ask::current().await?;
    Ok(ask.operations.audit_page(&ask.caller, &query).await?)
}

/// One entry of the audit log.
#[server(endpoint = "audit/get", input = GetUrl)]
pub async fn get_entry(act: String) -> Result<AuditRow, Failure> {
    let ask = crate::ask::Ask::current().await?;
    let act = ask.parse(&act)?;
    Ok(ask.operations.audit_entry(&ask.caller, act).await?)
}
