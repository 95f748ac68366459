{{- define "fitroom.labels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}

{{/* What api and worker have in common. */}}
{{- define "fitroom.container" -}}
image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
imagePullPolicy: {{ .Values.image.pullPolicy }}
envFrom:
  - secretRef: {name: {{ .Values.secret }}}
env:
  - {name: FITROOM_MASTER_KEY, value: "env:FITROOM_MASTER"}
  - {name: FITROOM_ADMIN, value: ":9090"}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
volumeMounts:
  - {name: tmp, mountPath: /tmp}
livenessProbe:
  httpGet: {path: /livez, port: 9090}
readinessProbe:
  httpGet: {path: /readyz, port: 9090}
{{- end }}

{{- define "fitroom.pod" -}}
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  seccompProfile: {type: RuntimeDefault}
terminationGracePeriodSeconds: 60
volumes:
  - {name: tmp, emptyDir: {}}
{{- end }}
