//! How a job is written on the wire.

use std::collections::BTreeMap;

use model::{
    JobId, Moment, SiteId, TenantId, UserId,
    jobs::{Job, JobItem, JobStatus, JobStep},
};
use serde::Deserialize;
use serde_json::Value;

use super::super::{loose, pages::PageToken};

/// What stands for a state that the vendor leaves out; like every unknown word it means "ask again".
const NO_STATUS: &str = "UNKNOWN";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct JobWire {
    #[serde(default, deserialize_with = "loose::id")]
    job_id: Option<JobId>,
    #[serde(default, deserialize_with = "loose::id")]
    tenant_id: Option<TenantId>,
    #[serde(default, deserialize_with = "loose::text")]
    operation: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    status: Option<String>,
    #[serde(default, deserialize_with = "loose::id")]
    owner_id: Option<UserId>,
    #[serde(default, deserialize_with = "loose::text")]
    owner_role: Option<String>,
    #[serde(default, deserialize_with = "loose::id")]
    site_id: Option<SiteId>,
    #[serde(default, deserialize_with = "loose::text")]
    trigger_source: Option<String>,
    bulk_op_attributes: Option<BTreeMap<String, Value>>,
    #[serde(default, deserialize_with = "loose::count")]
    expected_ops_count: Option<u64>,
    #[serde(default, deserialize_with = "loose::count")]
    successful_ops_count: Option<u64>,
    #[serde(default, deserialize_with = "loose::count")]
    failed_ops_count: Option<u64>,
    #[serde(default, deserialize_with = "loose::count")]
    skipped_lines_count: Option<u64>,
    #[serde(default, deserialize_with = "loose::moment")]
    submit_time: Option<Moment>,
    #[serde(default, deserialize_with = "loose::moment")]
    created_time: Option<Moment>,
    #[serde(default, deserialize_with = "loose::moment")]
    last_update_time: Option<Moment>,
    status_change_history: Option<Vec<StepWire>>,
    #[serde(default, deserialize_with = "loose::id")]
    child_job_id: Option<JobId>,
    #[serde(default, deserialize_with = "loose::id")]
    parent_job_id: Option<JobId>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StepWire {
    #[serde(default, deserialize_with = "loose::text")]
    job_status: Option<String>,
    #[serde(default, deserialize_with = "loose::moment")]
    time: Option<Moment>,
}

/// The same answer, of which only the rows are wanted.
#[derive(Deserialize)]
pub(super) struct ItemsWire {
    items: Option<Vec<ItemWire>>,
    #[serde(flatten)]
    page: PageToken,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ItemWire {
    #[serde(default, deserialize_with = "loose::text")]
    line_number: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    user_name: Option<String>,
    #[serde(default, deserialize_with = "loose::id")]
    user_id: Option<UserId>,
    #[serde(default, deserialize_with = "loose::text")]
    site_id: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    op_type: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    status: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    op_code: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    site_role: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    link_role: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    idp: Option<String>,
}

impl JobWire {
    pub(super) fn read(self, asked: JobId, tenant: TenantId) -> Job {
        let attributes = self.bulk_op_attributes.unwrap_or_default();
        Job {
            id: self.job_id.unwrap_or(asked),
            tenant: self.tenant_id.unwrap_or(tenant),
            operation: self.operation.unwrap_or_default(),
            status: status(self.status),
            owner: self.owner_id,
            owner_role: self.owner_role,
            site: self.site_id,
            trigger: self.trigger_source,
            attributes: attributes.into_iter().map(|(name, value)| (name, plain(value))).collect(),
            expected: self.expected_ops_count.unwrap_or(0),
            successful: self.successful_ops_count.unwrap_or(0),
            failed: self.failed_ops_count.unwrap_or(0),
            skipped: self.skipped_lines_count,
            submitted: self.submit_time,
            created: self.created_time,
            updated: self.last_update_time,
            history: self.status_change_history.unwrap_or_default().into_iter().map(StepWire::read).collect(),
            child: self.child_job_id,
            parent: self.parent_job_id,
        }
    }
}

fn status(word: Option<String>) -> JobStatus {
    JobStatus::from(word.unwrap_or_else(|| NO_STATUS.to_owned()))
}

/// The vendor promises texts; anything else is shown as it is written.
fn plain(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

impl StepWire {
    fn read(self) -> JobStep {
        JobStep { status: status(self.job_status), at: self.time }
    }
}

impl ItemsWire {
    pub(super) fn read(self) -> (Vec<JobItem>, Option<String>) {
        let items = self.items.unwrap_or_default().into_iter().map(ItemWire::read).collect();
        (items, self.page.next())
    }
}

impl ItemWire {
    fn read(self) -> JobItem {
        JobItem {
            line: self.line_number,
            user_name: self.user_name,
            user: self.user_id,
            site: self.site_id,
            kind: self.op_type,
            status: self.status.unwrap_or_else(|| NO_STATUS.to_owned()),
            code: self.op_code,
            site_role: self.site_role,
            tenant_role: self.link_role,
            sign_in: self.idp,
        }
    }
}
