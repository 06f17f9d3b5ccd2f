//! What bodies ask for: read, checked word by word, and turned into orders.

use std::collections::HashSet;
use std::hash::Hash;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::manager::caller::id;
use crate::manager::refusal::Refusal;
use crate::world::jobs::Row;
use crate::world::orders::{Grant, Order};
use crate::world::register::Newcomer;
use crate::world::roles::SiteRole;
use crate::world::words::{self, Idp};

/// A role on a site, to be given, changed or taken away.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AskedSiteRole {
    site_id: Option<String>,
    site_op: Option<String>,
    site_role: Option<String>,
    idp: Option<String>,
    notify_user: Option<bool>,
}

/// A role in the tenant, to be given, changed or taken away.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AskedLinkRole {
    link_id: Option<String>,
    link_op: Option<String>,
    link_role: Option<String>,
    idp: Option<String>,
    #[serde(rename = "notifyUser")]
    _notify_user: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AskedUsers {
    user_ids: Option<Vec<String>>,
}

/// Reads a JSON body.
pub(super) fn body<Body: DeserializeOwned>(bytes: &[u8]) -> Result<Body, Refusal> {
    serde_json::from_slice(bytes).map_err(|_| Refusal::invalid("The body is not the JSON of this operation."))
}

/// The ids of a batch, each of them once.
pub(super) fn user_ids(bytes: &[u8], most: usize) -> Result<Vec<Uuid>, Refusal> {
    let AskedUsers { user_ids } = body(bytes)?;
    let ids = user_ids.ok_or_else(|| Refusal::invalid("userIds is missing."))?;
    if ids.is_empty() || ids.len() > most {
        return Err(Refusal::invalid(&format!("userIds must hold between 1 and {most} ids.")));
    }
    let ids = ids.iter().map(|text| id(text)).collect::<Result<Vec<_>, _>>()?;
    each_once(&ids, "userIds")?;
    Ok(ids)
}

pub(super) fn each_once<Key: Hash + Eq>(keys: &[Key], what: &str) -> Result<(), Refusal> {
    let mut seen = HashSet::new();
    if keys.iter().all(|key| seen.insert(key)) {
        return Ok(());
    }
    Err(Refusal::invalid(&format!("{what} names the same thing twice.")))
}

/// A word of the vendor's list of languages.
pub(super) fn language(word: Option<&str>) -> Result<Option<&'static str>, Refusal> {
    let unknown = || Refusal::invalid("language is not a language of Tableau.");
    word.map(|word| words::language(word).ok_or_else(unknown)).transpose()
}

/// A word of the vendor's list of locales.
pub(super) fn locale(word: Option<&str>) -> Result<Option<&'static str>, Refusal> {
    let unknown = || Refusal::invalid("locale is not a locale of Tableau.");
    word.map(|word| words::locale(word).ok_or_else(unknown)).transpose()
}

/// A role that only Tableau itself may give.
const SUPPORT: &str = "SupportUser";

impl AskedSiteRole {
    pub(super) fn site(&self) -> Result<Uuid, Refusal> {
        id(self.site_id.as_deref().ok_or_else(|| Refusal::invalid("siteId is missing."))?)
    }

    /// The change of somebody known.
    pub(super) fn change(&self) -> Result<(Row, Order), Refusal> {
        let operation = self.site_op.as_deref().ok_or_else(|| Refusal::invalid("siteOp is missing."))?;
        match operation {
            "ADD_SITE_ROLE" => self.addition("ADD_SITE_ROLE", None),
            "UPDATE_SITE_ROLE" if self.site_role.is_none() && self.idp.is_none() => {
                Err(Refusal::invalid("siteRole and idp are both missing."))
            }
            "UPDATE_SITE_ROLE" => self.row("UPDATE_SITE_ROLE", Order::Update),
            "DELETE_SITE_ROLE" => {
                Ok((Row { site: Some(self.site()?), ..Row::asking("DELETE_SITE_ROLE") }, Order::Remove))
            }
            _ => Err(Refusal::invalid("siteOp is not an operation on site roles.")),
        }
    }

    /// The role of somebody who may be new.
    pub(super) fn addition(
        &self,
        operation: &'static str,
        newcomer: Option<Newcomer>,
    ) -> Result<(Row, Order), Refusal> {
        if self.site_role.is_none() {
            return Err(Refusal::invalid("siteRole is missing."));
        }
        self.row(operation, |grant| Order::Add { newcomer, grant })
    }

    fn row(
        &self,
        operation: &'static str,
        order: impl FnOnce(Grant) -> Order,
    ) -> Result<(Row, Order), Refusal> {
        let mut row = Row { site: Some(self.site()?), ..Row::asking(operation) };
        if self.site_role.as_deref() == Some(SUPPORT) {
            return Ok((row, Order::Refuse("E_403_USR_SVC_2022")));
        }
        let unknown = || Refusal::invalid("siteRole is not a site role.");
        let role = self.site_role.as_deref().map(|word| SiteRole::named(word).ok_or_else(unknown));
        row.site_role = role.transpose()?;
        let Some(idp) = self.idp.as_deref().map_or(Some(Idp::Default), Idp::on_site) else {
            return Ok((row, Order::Refuse("INVALID_IDP")));
        };
        row.idp = idp.chosen().unwrap_or(row.idp);
        let quiet = self.notify_user == Some(false);
        let order = order(Grant { role: row.site_role, idp: idp.chosen(), quiet });
        Ok((row, order))
    }
}

impl AskedLinkRole {
    /// The tenant whose administration is meant. That it is the tenant's own id is inferred.
    pub(super) fn link(&self) -> Result<Uuid, Refusal> {
        id(self.link_id.as_deref().ok_or_else(|| Refusal::invalid("linkId is missing."))?)
    }

    /// The change of somebody known.
    pub(super) fn change(&self, tenant: Uuid) -> Result<(Row, Order), Refusal> {
        let operation = self.link_op.as_deref().ok_or_else(|| Refusal::invalid("linkOp is missing."))?;
        match operation {
            "ADD_LINK_ROLE" => self.addition("ADD_LINK_ROLE", tenant, None),
            "UPDATE_LINK_ROLE" => self.row("UPDATE_LINK_ROLE", tenant, |idp| Order::UpdateInvitation { idp }),
            "DELETE_LINK_ROLE" => self.row("DELETE_LINK_ROLE", tenant, |_| Order::RemoveInvitation),
            _ => Err(Refusal::invalid("linkOp is not an operation on tenant roles.")),
        }
    }

    /// The role of somebody who may be new.
    pub(super) fn addition(
        &self,
        operation: &'static str,
        tenant: Uuid,
        newcomer: Option<Newcomer>,
    ) -> Result<(Row, Order), Refusal> {
        if self.link_role.is_none() {
            return Err(Refusal::invalid("linkRole is missing."));
        }
        self.row(operation, tenant, |idp| Order::Invite { newcomer, idp })
    }

    fn row(
        &self,
        operation: &'static str,
        tenant: Uuid,
        order: impl FnOnce(Option<&'static str>) -> Order,
    ) -> Result<(Row, Order), Refusal> {
        if self.link_role.as_deref().is_some_and(|role| role != "LINK_ADMIN") {
            return Err(Refusal::invalid("linkRole must be LINK_ADMIN."));
        }
        let mut row = Row { link_role: Some("LINK_ADMIN"), ..Row::asking(operation) };
        if self.link()? != tenant {
            return Ok((row, Order::Refuse("E_404_USR_SVC_2020")));
        }
        let idp = self.idp.as_deref().map(Idp::in_tenant);
        if idp == Some(None) {
            return Ok((row, Order::Refuse("INVALID_IDP")));
        }
        let idp = idp.flatten().and_then(Idp::chosen);
        row.idp = idp.unwrap_or(row.idp);
        Ok((row, order(idp)))
    }
}
