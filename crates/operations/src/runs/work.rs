//! The worker: takes runs from the queue, and looks for those whose worker died.

use std::{future::Future, time::Duration};

use model::{PlanId, TenantId};
use serde::{Deserialize, Serialize};
use tracing::{info, warn};
use uuid::Uuid;

use crate::{Operations, problems::Chain};

/// The queue's name. It stands in the database and must stay the same over versions.
const QUEUE: &str = "runs";

/// How long calls under way get when the program is told to stop.
const GRACE: Duration = Duration::from_secs(7);

/// What stands in the queue.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Errand {
    tenant: TenantId,
    run: PlanId,
}

impl Operations {
    /// Hands a run to whichever worker is free. If that fails, the look-out finds the run a little later.
    pub(crate) async fn hand_in(&self, tenant: TenantId, run: PlanId) {
        let pushed = self.0.store.queue::<Errand>(QUEUE).push(Errand { tenant, run }).await;
        if let Err(error) = pushed {
            warn!(%run, error = %Chain(&error), "A run could not be handed in; it is found by the look-out");
        }
    }

    /// Works on runs until told to stop.
    pub async fn work(&self, stop: impl Future<Output = ()> + Send + 'static) {
        let operations = self.clone();
        let carry = move |errand: Errand| {
            let operations = operations.clone();
            async move { operations.carry_out_run(errand.tenant, errand.run).await }
        };
        let name = format!("steward-{}", Uuid::now_v7());
        let queue = self.0.store.queue::<Errand>(QUEUE);
        tokio::select! {
            served = queue.serve(name, carry, stop) => match served {
                Ok(()) => info!("The worker stopped"),
                Err(error) => warn!(error = %Chain(&error), "The queue cannot be worked on"),
            },
            () = self.look_out() => {}
        }
        // No new call begins from here on; those under way get their answer and their rows an end.
        self.0.halted.send_replace(true);
        let mut held = self.0.held.subscribe();
        if tokio::time::timeout(GRACE, held.wait_for(|held| *held == 0)).await.is_err() {
            warn!("Some calls did not end in time; their rows are looked after at the next start");
        }
    }

    /// Takes up runs that nobody holds: their worker died, or their errand was lost. The lease lets one worker in.
    async fn look_out(&self) {
        loop {
            match self.0.store.unfinished_runs().await {
                Ok(runs) => {
                    for (tenant, run) in runs {
                        let operations = self.clone();
                        tokio::spawn(async move { operations.carry_out_run(tenant, run).await });
                    }
                }
                Err(error) => warn!(error = %Chain(&error), "Unfinished runs could not be looked for"),
            }
            tokio::time::sleep(self.0.rhythm.look_out_every).await;
        }
    }
}
