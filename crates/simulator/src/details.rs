//! What a person needs to reach the pretend vendor: addresses and demo credentials.

use serde::Serialize;

use crate::world::World;
use crate::world::keys::Plane;

/// The addresses and demo credentials; serialises to the first line that `steward simulate` prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Details {
    /// Where Tableau Cloud Manager answers.
    pub tcm_url: String,
    /// The secret of the demo token for Tableau Cloud Manager.
    pub tcm_pat: String,
    /// Where the site API answers.
    pub site_url: String,
    /// The pretend tenant.
    pub tenant_id: String,
    /// Where faults, latency and the ledger are reached.
    pub control_url: String,
    /// Every site with its own token.
    pub sites: Vec<SiteDetails>,
    /// Example jobs, to be opened on a job page.
    pub jobs: Vec<JobDetails>,
}

/// One site and the token that opens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteDetails {
    /// The name people read.
    pub name: String,
    /// The part of the address that names the site.
    pub content_url: String,
    /// The site's id, the same in both APIs.
    pub site_id: String,
    /// The name of the site's demo token.
    pub pat_name: String,
    /// The secret of the site's demo token.
    pub pat_secret: String,
}

/// An example job and what it shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JobDetails {
    /// The job's id.
    pub id: String,
    /// What the job is an example of.
    pub what: String,
}

impl Details {
    pub(crate) fn of(world: &World) -> Self {
        let base = world.base_url().to_owned();
        world.read(|state| Self {
            tcm_url: base.clone(),
            tcm_pat: secret_for(state, Plane::Manager).1,
            site_url: base.clone(),
            tenant_id: state.tenant.id.to_string(),
            control_url: format!("{base}/control"),
            sites: state
                .sites
                .iter()
                .map(|site| {
                    let (pat_name, pat_secret) = secret_for(state, Plane::Site(site.id));
                    SiteDetails {
                        name: site.name.clone(),
                        content_url: site.content_url.clone(),
                        site_id: site.id.to_string(),
                        pat_name,
                        pat_secret,
                    }
                })
                .collect(),
            jobs: state
                .jobs
                .iter()
                .filter(|job| !job.what.is_empty())
                .map(|job| JobDetails { id: job.id.to_string(), what: job.what.to_owned() })
                .collect(),
        })
    }
}

/// Name and secret of the first token of a plane; every plane of a fresh world has one.
fn secret_for(state: &crate::world::State, plane: Plane) -> (String, String) {
    state
        .keys
        .pats
        .iter()
        .find(|pat| pat.plane == plane)
        .map(|pat| (pat.name.clone(), pat.secret.clone()))
        .unwrap_or_default()
}
