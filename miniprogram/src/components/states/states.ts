import { callCommunity } from '../../services/community'

/** What a page shows instead of itself, or above itself: skeleton, problem with a way on, notice. */
Component({
  properties: { state: String, problem: String },
  methods: {
    again() {
      this.triggerEvent('again')
    },
    call: () => void callCommunity(),
  },
})
