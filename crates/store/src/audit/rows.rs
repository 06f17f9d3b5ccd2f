//! Records and acts: how one is made from the other.

use model::audit::{ActState, AuditRow};

use super::{Finish, NewAct, chain::FORMAT, kind};
use crate::{
    Error, Result,
    entity::{act, audit_record},
    stamps::{moment, stamp},
};

/// The first record of an act; its number and hash come with its place in the chain.
pub(super) fn first(new: &NewAct, state: ActState, code: Option<&str>) -> audit_record::Model {
    audit_record::Model {
        number: 0,
        format: FORMAT,
        kind: if state == ActState::Denied { kind::DENIED } else { kind::STARTED }.to_owned(),
        act: new.act.uuid(),
        tenant: new.tenant.uuid(),
        at: stamp(new.at),
        state: state.word().to_owned(),
        code: code.map(str::to_owned),
        after: None,
        who: Some(new.who.clone()),
        who_id: Some(new.who_id.clone()),
        verb: Some(new.verb.clone()),
        object_kind: Some(new.object_kind.clone()),
        object: Some(new.object.clone()),
        object_name: Some(new.object_name.clone()),
        reason: new.reason.clone(),
        before: new.before.clone(),
        reference: Some(new.reference.clone()),
        via: new.via.clone(),
        actor: Some(new.actor.clone()),
        hash: Vec::new(),
    }
}

/// The next record of an act, if it may have one.
pub(super) fn next(act: &act::Model, finish: &Finish) -> Result<audit_record::Model> {
    let kind = match ActState::parse(&act.state) {
        Some(ActState::Started) => kind::FINISHED,
        Some(ActState::Unknown) => kind::SETTLED,
        _ => return Err(Error::Finished),
    };
    Ok(audit_record::Model {
        number: 0,
        format: FORMAT,
        kind: kind.to_owned(),
        act: act.id,
        tenant: act.tenant,
        at: stamp(finish.at),
        state: finish.state.word().to_owned(),
        code: finish.code.clone(),
        after: finish.after.clone(),
        who: None,
        who_id: None,
        verb: None,
        object_kind: None,
        object: None,
        object_name: None,
        reason: None,
        before: None,
        reference: None,
        via: None,
        actor: None,
        hash: Vec::new(),
    })
}

/// How an act stands after its first record; `None` for a record that is not a first one.
pub(super) fn act_of(record: &audit_record::Model) -> Option<act::Model> {
    let record = record.clone();
    let mut row = act::Model {
        id: record.act,
        number: record.number,
        tenant: record.tenant,
        at: record.at,
        who: record.who?,
        who_id: record.who_id?,
        verb: record.verb?,
        object_kind: record.object_kind?,
        object: record.object?,
        object_name: record.object_name?,
        reason: record.reason,
        before: record.before,
        via: record.via,
        actor: record.actor,
        reference: record.reference?,
        ended: (record.kind == kind::DENIED).then_some(record.at),
        state: record.state,
        code: record.code,
        after: record.after,
        words: String::new(),
    };
    row.words = words(&row);
    Some(row)
}

/// How an act stands after a further record.
pub(super) fn advance(act: &mut act::Model, record: &audit_record::Model) {
    act.state.clone_from(&record.state);
    act.code.clone_from(&record.code);
    act.after.clone_from(&record.after);
    act.ended = Some(record.at);
}

/// The act as pages show it.
pub(super) fn shown(row: act::Model) -> Result<AuditRow> {
    let state = ActState::parse(&row.state).ok_or_else(|| Error::Other("an act in no known state".into()))?;
    Ok(AuditRow {
        act: row.id.into(),
        number: row.number,
        at: moment(row.at),
        who: row.who,
        who_id: row.who_id,
        verb: row.verb,
        object_kind: row.object_kind,
        object: row.object,
        object_name: row.object_name,
        reason: row.reason,
        before: row.before,
        via: row.via,
        actor: row.actor,
        after: row.after,
        state,
        code: row.code,
        ended: row.ended.map(moment),
        reference: row.reference,
    })
}

/// What a search looks through. In lower case here, because SQLite knows only the letters of English.
fn words(row: &act::Model) -> String {
    let reason = row.reason.as_deref().unwrap_or_default();
    let known = [row.who.as_str(), &row.object_name, &row.object, reason, &row.reference];
    // Acts from before there was one have the words that they always had.
    known.into_iter().chain(row.actor.as_deref()).collect::<Vec<_>>().join("\n").to_lowercase()
}
