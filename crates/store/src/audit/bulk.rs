//! Many acts at once, with hardly more statements than for one.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use model::{ActId, audit::ActState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict};
use uuid::Uuid;

use super::{Chain, Finish, NewAct, SHARED, UNDER_WAY_SECONDS, rows, under_way};
use crate::{
    Result,
    entity::{act, audit_record},
    pieces::{insert_all, pieces},
    stamps::stamp,
};

impl Chain {
    /// Those among the acts whose object somebody else is changing right now: they may not begin.
    pub(crate) async fn kept_away(&self, news: &[&NewAct]) -> Result<HashSet<ActId>> {
        let mut objects: BTreeMap<(Uuid, &str), BTreeSet<&str>> = BTreeMap::new();
        for new in news.iter().filter(|new| !SHARED.contains(&new.verb.as_str())) {
            objects.entry((new.tenant.uuid(), &new.object_kind)).or_default().insert(&new.object);
        }
        let mut latest: HashMap<(Uuid, &str, String), i64> = HashMap::new();
        for ((tenant, kind), objects) in &objects {
            let objects: Vec<&str> = objects.iter().copied().collect();
            for piece in pieces(&objects) {
                let found = under_way(*tenant, kind)
                    .filter(act::Column::Object.is_in(piece.iter().copied()))
                    .select_only()
                    .columns([act::Column::Object, act::Column::At])
                    .into_tuple::<(String, i64)>()
                    .all(self.on())
                    .await?;
                for (object, at) in found {
                    let known = latest.entry((*tenant, kind, object)).or_insert(at);
                    *known = at.max(*known);
                }
            }
        }
        let is_kept_away = |new: &&&NewAct| {
            let object = (new.tenant.uuid(), new.object_kind.as_str(), new.object.clone());
            let since = stamp(new.at.plus_seconds(-UNDER_WAY_SECONDS));
            latest.get(&object).is_some_and(|at| *at > since)
        };
        Ok(news.iter().filter(is_kept_away).map(|new| new.act).collect())
    }

    /// Writes down that acts begin.
    pub(crate) async fn begin_all(&mut self, news: &[&NewAct]) -> Result<()> {
        let first = |new: &&NewAct| rows::first(new, ActState::Started, None);
        self.append_all(news.iter().map(first).collect()).await
    }

    /// Writes down that acts were refused, each with its code.
    pub(crate) async fn deny_all(&mut self, news: Vec<(&NewAct, &str)>) -> Result<()> {
        if news.is_empty() {
            return Ok(());
        }
        let first = |(new, code): (&NewAct, &str)| rows::first(new, ActState::Denied, Some(code));
        self.append_all(news.into_iter().map(first).collect()).await
    }

    /// Appends the first records of acts that are not there yet.
    async fn append_all(&mut self, mut records: Vec<audit_record::Model>) -> Result<()> {
        records.iter_mut().for_each(|record| self.link(record));
        let acts: Vec<_> = records.iter().filter_map(rows::act_of).collect();
        insert_all(self.on(), &acts, None).await?;
        insert_all(self.on(), &records, None).await
    }

    /// Writes down how acts ended. One that has its outcome already keeps it.
    pub(crate) async fn end_all(&mut self, ends: Vec<(ActId, Finish)>) -> Result<()> {
        let ids: Vec<Uuid> = ends.iter().map(|(act, _)| act.uuid()).collect();
        let mut acts: HashMap<Uuid, act::Model> = HashMap::new();
        for piece in pieces(&ids) {
            let found = act::Entity::find().filter(act::Column::Id.is_in(piece.iter().copied()));
            acts.extend(found.all(self.on()).await?.into_iter().map(|act| (act.id, act)));
        }
        let is_open = |act: &act::Model| ActState::parse(&act.state).is_some_and(ActState::is_open);
        let open = ends.into_iter().filter_map(|(id, finish)| {
            let act = acts.remove(&id.uuid()).filter(is_open)?;
            Some((act, finish))
        });
        self.advance_all(open.collect()).await
    }

    /// Appends the next record of each of the acts, all different, and brings them up to date.
    pub(super) async fn advance_all(&mut self, ends: Vec<(act::Model, Finish)>) -> Result<()> {
        let mut records = Vec::with_capacity(ends.len());
        let mut acts = Vec::with_capacity(ends.len());
        for (mut act, finish) in ends {
            let mut record = rows::next(&act, &finish)?;
            self.link(&mut record);
            rows::advance(&mut act, &record);
            records.push(record);
            acts.push(act);
        }
        // Each act is there. An insert that meets it is the one statement that changes many rows, each in its own way.
        let there = OnConflict::column(act::Column::Id)
            .update_columns([act::Column::State, act::Column::Code, act::Column::After, act::Column::Ended])
            .to_owned();
        insert_all(self.on(), &acts, Some(there)).await?;
        insert_all(self.on(), &records, None).await
    }
}
