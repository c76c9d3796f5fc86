// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.nio.charset.StandardCharsets;

/** Gathers a container's log as text. */
final class LogText extends ResultCallback.Adapter<Frame> {
    private final StringBuilder text;

    LogText(StringBuilder text) {
        this.text = text;
    }

    @Override
    public void onNext(Frame frame) {
        synchronized (text) {
            text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
        }
    }
}
