export { type Erased, eraseAtGateway, eraseInFolder } from './erase.ts'
